using Microsoft.AspNetCore.Http;

namespace Optimove.Portal.Twins.Wire;

/// <summary>
/// How every twin takes a call: the fault that is set for it, else the handler; then the log; then the answer, or a cut connection. The log
/// comes first, so that whoever has the answer, or sees the cut, finds the call there.
/// </summary>
internal sealed class Reception(FaultSwitches faults, CallLog log, TimeProvider clock)
{
    private static readonly TimeSpan CutAfter = TimeSpan.FromSeconds(120);

    /// <param name="endpoint">What faults name and the log shows.</param>
    /// <param name="instead">The answer that a fault puts in place of the handler's, or null.</param>
    public async Task ServeAsync(HttpContext http, Call call, string endpoint, Func<Fault?, Answer?> instead, Func<Fault?, Answer> handle)
    {
        var fault = faults.Next(endpoint);
        Answer? answer = null;
        try
        {
            if (fault?.Kind is FaultKind.Slow or FaultKind.Hang)
                await Task.Delay(fault.Delay ?? (fault.Kind == FaultKind.Hang ? CutAfter : TimeSpan.FromSeconds(1)), clock, http.RequestAborted);
            answer = instead(fault) ?? (fault?.Kind is FaultKind.Hang or FaultKind.RequestLost ? null : handle(fault));
            if (fault?.Kind == FaultKind.AnswerLost) answer = null;
        }
        finally
        {
            Note(http, call, endpoint, answer, fault);
        }
        if (answer is null) http.Abort();
        else await AnswerWriter.SendAsync(http, call, answer);
    }

    /// <summary>Turned away at the door: no fault is used up.</summary>
    public async Task RefuseAsync(HttpContext http, Call call, string endpoint, Answer answer)
    {
        Note(http, call, endpoint, answer, null);
        await AnswerWriter.SendAsync(http, call, answer);
    }

    private void Note(HttpContext http, Call call, string endpoint, Answer? answer, Fault? fault) =>
        log.Add(new ReceivedCall(call.Now, endpoint, http.Request.Path + http.Request.QueryString, answer?.Status ?? 0, call.Body.Length, fault?.Kind));
}
