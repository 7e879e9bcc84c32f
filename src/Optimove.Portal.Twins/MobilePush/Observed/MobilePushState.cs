using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.MobilePush.Sends;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MobilePush.Observed;

/// <summary>One look at an account of the twin: for tests and for the twin page in development.</summary>
public sealed record MobilePushState
{
    public required string Account { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required long CallsReceived { get; init; }
    public required int PeakConcurrency { get; init; }
    public required IReadOnlyList<Fault> Faults { get; init; }
    public required IReadOnlyList<UnitState> Units { get; init; }
    public required IReadOnlyList<PushApp> Apps { get; init; }
    /// <summary>Deleted ones included.</summary>
    public required IReadOnlyList<MessageState> Messages { get; init; }
    public required IReadOnlyList<SendState> Sends { get; init; }
    public required int Contacts { get; init; }
    public required int OptedOut { get; init; }
    public required IReadOnlyList<ReceivedCall> Calls { get; init; }
}

/// <summary>A business unit.</summary>
public sealed record UnitState(string Mid, string Name);

/// <summary>A message, and what it was asked to send over all calls.</summary>
/// <param name="Asked">Keys, unknown ones included.</param>
/// <param name="Reached">Of them, those known and opted in, whether sent by now or not.</param>
public sealed record MessageState(string Id, string Name, string Mid, bool CanBeSent, int Calls, int Asked, int Reached)
{
    internal static MessageState Of(PushMessage message, IEnumerable<PushSend> sends)
    {
        var all = sends.ToList();
        return new(message.Id, message.Name, message.Mid, message.CanBeSent, all.Count, all.Sum(s => s.Asked), all.Sum(s => s.Contacts.Count));
    }
}

/// <summary>One accepted send call at this moment.</summary>
/// <param name="SendTime">Null where it was to be sent at once.</param>
/// <param name="Count">Sent by now.</param>
public sealed record SendState(string TokenId, string MessageId, DateTimeOffset ReceivedAt, DateTimeOffset? SendTime, DateTimeOffset StartsAt, string Status, int Asked, int Reached, int Count)
{
    internal static SendState Of(PushSend send, DateTimeOffset now, TimeSpan takes) => new(
        send.TokenId, send.MessageId, send.ReceivedAt, send.SendTime, send.StartsAt(), send.StatusAt(now, takes), send.Asked, send.Contacts.Count, send.CountAt(now, takes));
}
