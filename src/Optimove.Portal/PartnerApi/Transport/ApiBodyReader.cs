using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Optimove.Portal.PartnerApi.Catalogue;

namespace Optimove.Portal.PartnerApi.Transport;

/// <summary>Reads the body of a call up to its function's limit and checks it against the catalogue.</summary>
internal static class ApiBodyReader
{
    /// <returns>The objects of the body (one where it is no array) and its length; an answer instead where the body is refused.</returns>
    public static async Task<(IReadOnlyList<ApiValues> Items, long Bytes, ApiAnswer? Refusal)> ReadAsync(ApiFunction function, HttpRequest request, CancellationToken cancellation)
    {
        if (function.Body is not { } declared) return ([], 0, null);
        var form = function.TakesForm && request.HasFormContentType;
        if (!form && !IsJson(request.ContentType)) return ([], 0, ApiAnswer.Refused(400, "Send the body with Content-Type: application/json."));
        var (bytes, length) = await ReadBytesAsync(request, function.MaxBody, cancellation);
        try
        {
            if (length > function.MaxBody) return ([], length, ApiAnswer.Refused(413, $"The body is longer than the {function.MaxBody} bytes that {function.Name} takes."));
            return form ? ([FromForm(declared, bytes.AsSpan(0, length))], length, null) : (FromJson(declared, WithoutMark(bytes.AsSpan(0, length))), length, null);
        }
        catch (RefusedException e)
        {
            return ([], length, ApiAnswer.Refused(400, e.Message));
        }
        // Half a surrogate pair is sound JSON and no text.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return ([], length, ApiAnswer.Refused(400, "The body is not sound JSON."));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static bool IsJson(string? contentType) =>
        contentType?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) == true;

    private static IReadOnlyList<ApiValues> FromJson(ApiBody declared, ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) throw new RefusedException("The body is not UTF-8.");
        return JsonReading.Read(declared, utf8);
    }

    private static ApiValues FromForm(ApiBody declared, ReadOnlySpan<byte> bytes)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery("?" + System.Text.Encoding.UTF8.GetString(bytes));
        return ValueReading.FromTexts(declared.Fields, name => query.TryGetValue(name, out var value) ? value.ToString() : null);
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    // Stops one byte past the limit, whatever length was announced.
    private static async Task<(byte[] Bytes, int Length)> ReadBytesAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (request.ContentLength > limit) return ([], (int)Math.Min(request.ContentLength.Value, int.MaxValue));
        var bytes = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? 4096, limit) + 1);
        var length = 0;
        while (await request.Body.ReadAsync(bytes.AsMemory(length), cancellation) is > 0 and var read)
        {
            length += read;
            if (length > limit) break;
            if (length < bytes.Length) continue;
            var larger = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
            bytes.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }
        return (bytes, length);
    }
}
