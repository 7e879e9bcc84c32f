using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>
/// The body of the import call: the recipients as a file (identifier and Data Map fields, a header of Map To names), in Base64 inside
/// the JSON. Written as the recipients come, a few pieces in memory at a time; written again from their beginning on a retry.
/// </summary>
internal sealed class ImportFile(CheetahSettings settings, string name, IAsyncEnumerable<RecipientChunk> recipients)
{
    // Bytes worth a write to the network.
    private const int Enough = 64 << 10;
    private const byte Comma = (byte)',', End = (byte)'\n';
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

    private readonly IReadOnlyList<DataMapField> _fields = settings.Fields;
    private readonly int[] _places = [.. settings.Fields.Select(field => settings.Attributes.ToList().IndexOf(field.Attribute))];

    public async Task WriteAsync(Stream stream, CancellationToken cancellation)
    {
        // The file is the last value, so that the text before and after it is known.
        var around = JsonSerializer.SerializeToUtf8Bytes(new
        {
            cust_id = settings.Cust,
            prop_map_id = settings.PropMap,
            type_id = CheetahAssumptions.LoadAndSend,
            task_priority = CheetahAssumptions.Priority,
            obj = new { display_name = name, parent_obj_id = settings.Folder },
            import_file = new { encoding = CheetahAssumptions.Encoding, file = "" },
        });
        await stream.WriteAsync(around.AsMemory(..^3), cancellation);
        await WriteFileAsync(stream, cancellation);
        await stream.WriteAsync(around.AsMemory(^3..), cancellation);
    }

    private async Task WriteFileAsync(Stream stream, CancellationToken cancellation)
    {
        var rows = new ArrayBufferWriter<byte>(2 * Enough);
        WriteNames(rows);
        await foreach (var piece in recipients.WithCancellation(cancellation))
        {
            foreach (var recipient in piece.Recipients)
                Write(rows, recipient);
            if (rows.WrittenCount >= Enough)
                await FlushAsync(rows, stream, isLast: false, cancellation);
        }
        await FlushAsync(rows, stream, isLast: true, cancellation);
    }

    private void WriteNames(ArrayBufferWriter<byte> rows)
    {
        Write(rows, settings.IdentifierField, _fields.Count == 0 ? End : Comma);
        for (var i = 0; i < _fields.Count; i++)
            Write(rows, _fields[i].MapTo, i == _fields.Count - 1 ? End : Comma);
    }

    private void Write(ArrayBufferWriter<byte> rows, Recipient recipient)
    {
        Write(rows, recipient.Address, _places.Length == 0 ? End : Comma);
        for (var i = 0; i < _places.Length; i++)
            Write(rows, recipient.Fields?[_places[i]], i == _places.Length - 1 ? End : Comma);
    }

    private static void Write(ArrayBufferWriter<byte> rows, string? value, byte after)
    {
        if (value.AsSpan().ContainsAny(NeedsQuotes))
            value = $"\"{value!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var span = rows.GetSpan(Encoding.UTF8.GetMaxByteCount(value?.Length ?? 0) + 1);
        var length = Encoding.UTF8.GetBytes(value.AsSpan(), span);
        span[length] = after;
        rows.Advance(length + 1);
    }

    /// <summary>Sends what is whole in Base64, three bytes at a time, and keeps the rest for the next piece.</summary>
    private static async Task FlushAsync(ArrayBufferWriter<byte> rows, Stream stream, bool isLast, CancellationToken cancellation)
    {
        var encoded = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(rows.WrittenCount));
        try
        {
            Base64.EncodeToUtf8(rows.WrittenSpan, encoded, out var read, out var written, isLast);
            await stream.WriteAsync(encoded.AsMemory(0, written), cancellation);
            var rest = rows.WrittenSpan[read..].ToArray();
            rows.ResetWrittenCount();
            rows.Write(rest);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(encoded);
        }
    }
}
