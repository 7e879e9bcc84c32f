using System.Net;
using System.Net.Http.Headers;

namespace Optimove.Portal.Providers.Http;

/// <summary>
/// A request body that knows whether it began to leave. Before that the call surely had no effect. An empty body is sent through it
/// too: the handler repeats a request without content by itself on a stale connection, and never one with content.
/// </summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;

    public TrackedContent(ReadOnlyMemory<byte> body, string contentType)
    {
        _body = body;
        if (!body.IsEmpty)
            Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
    }

    public bool HasLeft { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasLeft = true;
        await stream.WriteAsync(_body, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
