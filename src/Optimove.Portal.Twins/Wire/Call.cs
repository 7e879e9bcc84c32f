using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Optimove.Portal.Twins.Wire;

/// <summary>One received request with its body in memory. The body's bytes are valid until the call is disposed.</summary>
public sealed class Call : IDisposable
{
    private readonly HttpContext _http;
    private readonly byte[]? _rented;

    private Call(HttpContext http, byte[]? rented, int length, DateTimeOffset now)
    {
        _http = http;
        _rented = rented;
        Body = rented.AsMemory(0, length);
        Now = now;
    }

    public ReadOnlyMemory<byte> Body { get; }
    public string? ContentType => _http.Request.ContentType;
    /// <summary>The twin's clock when the call came in.</summary>
    public DateTimeOffset Now { get; }
    /// <summary>Scheme, host and account part of the address that was called, without a slash at the end.</summary>
    public string AccountAddress => $"{_http.Request.Scheme}://{_http.Request.Host}{string.Join('/', _http.Request.Path.Value!.Split('/', 4)[..3])}";

    public static async Task<Call> ReadAsync(HttpContext http, DateTimeOffset now)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            var length = checked((int)read.Buffer.Length);
            var rented = length == 0 ? null : ArrayPool<byte>.Shared.Rent(length);
            read.Buffer.CopyTo(rented);
            reader.AdvanceTo(read.Buffer.End);
            return new Call(http, rented, length, now);
        }
    }

    public string Route(string name) => (string)_http.Request.RouteValues[name]!;

    public string? Query(string name) => _http.Request.Query.TryGetValue(name, out var value) && value.Count > 0 && value[0]!.Length > 0 ? value[0] : null;

    /// <summary>The page asked for (10 from the start unless told), or the refusal of a count outside 0-1000 or an offset below 0.</summary>
    public (Paging Page, Answer? Refusal) Paging()
    {
        var count = Number("count", 10);
        var offset = Number("offset", 0);
        if (count is null or < 0 or > 1000) return (default, Answer.Invalid("count", "Schema describes an integer between 0 and 1000"));
        if (offset is null or < 0) return (default, Answer.Invalid("offset", "Schema describes an integer of at least 0"));
        return (new Paging(count.Value, offset.Value), null);
    }

    /// <summary>False when the parameter is there and is not a moment; a moment without an offset is in UTC.</summary>
    public bool TryMoment(string name, out DateTimeOffset? moment)
    {
        moment = null;
        if (Query(name) is not { } text) return true;
        if (!Moments.TryRead(text, out var read)) return false;
        moment = read;
        return true;
    }

    private int? Number(string name, int otherwise) =>
        Query(name) is not { } text ? otherwise : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    public void Dispose()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
    }
}

/// <summary>A page of a collection, in items.</summary>
public readonly record struct Paging(int Count, int Offset)
{
    public IEnumerable<T> Of<T>(IEnumerable<T> items) => items.Skip(Offset).Take(Count);
}
