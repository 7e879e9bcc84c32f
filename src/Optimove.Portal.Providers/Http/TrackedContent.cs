using System.Net;
using System.Net.Http.Headers;

namespace Optimove.Portal.Providers.Http;

/// <summary>
/// A request body that knows whether it began to leave. Before that the call surely had no effect. An empty body is sent through it
/// too: the handler repeats a request without content by itself on a stale connection, and never one with content.
/// A body that is written as it leaves goes without a length, in chunks.
/// </summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly ProviderCall _call;

    public TrackedContent(ProviderCall call)
    {
        _call = call;
        if (call.WriteBody is not null || !call.Body.IsEmpty)
            Headers.ContentType = MediaTypeHeaderValue.Parse(call.ContentType);
    }

    public bool HasLeft { get; private set; }

    /// <summary>What went wrong on our side while the body was written: no fault of the connection.</summary>
    public Exception? OwnFault { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasLeft = true;
        if (_call.WriteBody is { } write)
            await WriteAsync(write, stream, cancellationToken);
        else
            await stream.WriteAsync(_call.Body, cancellationToken);
    }

    private async Task WriteAsync(Func<Stream, CancellationToken, Task> write, Stream stream, CancellationToken cancellation)
    {
        try
        {
            await write(stream, cancellation);
        }
        catch (Exception own) when (own is not (IOException or HttpRequestException or ObjectDisposedException or OperationCanceledException))
        {
            OwnFault = own;
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _call.WriteBody is null ? _call.Body.Length : 0;
        return _call.WriteBody is null;
    }
}
