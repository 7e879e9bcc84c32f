using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Sending.DryRun;

/// <summary>The connector's way out in a dry run: leads to the twin and to nobody else, and keeps what passes.</summary>
internal sealed class CallRecorder(DryLedger ledger, SecretMask mask, TimeProvider clock) : DelegatingHandler(new AddressGuard(allowLoopback: true).CreateHandler())
{
    /// <summary>So many of the first calls and so many of the last are kept.</summary>
    public const int Kept = 100;

    private readonly Lock _lock = new();
    private readonly List<RecordedCall> _first = [];
    private readonly Queue<RecordedCall> _last = new();
    private int _count, _refused;
    private long _bytes;

    /// <summary>Host and port of the twin; no call leaves before it is known.</summary>
    public Uri? Twin { get; set; }

    public CallsMade Made()
    {
        lock (_lock) return new(_count, [.. _first, .. _last], ledger.Carried, _bytes, _refused);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Twin is null || Uri.Compare(request.RequestUri, Twin, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new InvalidOperationException("A dry run calls its twin and nobody else.");
        var body = request.Content is { } content ? new BodyTap(content) : null;
        if (body is not null) request.Content = body;
        var call = Begin(request);
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            call.Response = BodyTap.TextOf(await response.Content.ReadAsByteArrayAsync(cancellationToken), mask);
            call.Status = (int)response.StatusCode;
            return response;
        }
        finally
        {
            if (body is not null) (call.Size, call.Request) = (body.Size, body.Text(mask));
            lock (_lock)
            {
                _bytes += call.Size;
                if (call.Status is < 200 or > 299) _refused++;
            }
        }
    }

    private RecordedCall Begin(HttpRequestMessage request)
    {
        lock (_lock)
        {
            var call = new RecordedCall
            {
                Number = ++_count, At = clock.GetUtcNow(), Method = request.Method.Method, Path = mask.Hide(PathOf(request.RequestUri!)), Authorization = SecretMask.Authorization(request.Headers.Authorization),
            };
            if (_first.Count < Kept) _first.Add(call);
            else _last.Enqueue(call);
            if (_last.Count > Kept) _last.Dequeue();
            ledger.Note(call);
            return call;
        }
    }

    // The first two parts name the provider and the account on the twin's host.
    private static string PathOf(Uri address) => "/" + string.Join('/', address.PathAndQuery.Split('/').Skip(3));
}
