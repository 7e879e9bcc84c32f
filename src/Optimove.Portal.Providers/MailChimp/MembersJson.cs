using System.Buffers;
using System.Text.Json;

namespace Optimove.Portal.Providers.MailChimp;

/// <summary>Writes and reads the one call that is made thousands of times a night, without an object per member.</summary>
internal static class MembersJson
{
    private const string NotInList = "not in the MailChimp list";

    public const string Add = "members_to_add";
    public const string Remove = "members_to_remove";

    public static ReadOnlyMemory<byte> Write(string change, IReadOnlyList<Recipient> recipients)
    {
        var buffer = new ArrayBufferWriter<byte>(32 * recipients.Count + 64);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray(change);
        foreach (var recipient in recipients)
            json.WriteStringValue(recipient.Address);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>
    /// Who of the chunk will not be mailed: addresses named in <c>errors</c>, and members added whose status is not subscribed.
    /// An error about a member that is already there is no refusal but a repeat.
    /// </summary>
    public static MembersAnswer Read(ReadOnlySpan<byte> body, IReadOnlyList<Recipient> recipients)
    {
        if (IsPlainSuccess(body, recipients.Count))
            return new MembersAnswer([], HasRepeats: false);
        var rejections = new List<Rejection>();
        var hasRepeats = false;
        Dictionary<string, string>? asHandedOver = null;
        var json = new Utf8JsonReader(body);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1)
                continue;
            if (json.ValueTextEquals("members_added"u8))
                ReadMembers(ref json, Reject);
            else if (json.ValueTextEquals("errors"u8))
                hasRepeats |= ReadErrors(ref json, Reject);
            else
                json.Skip();
        }
        return new MembersAnswer(rejections, hasRepeats);

        void Reject(string address, string reason)
        {
            asHandedOver ??= ByAddress(recipients);
            if (asHandedOver.Remove(address, out var original))
                rejections.Add(new Rejection(original, reason));
        }
    }

    /// <summary>
    /// The usual answer, told at the speed of a memory scan: as many subscribed members as were handed over and no error. These bytes
    /// cannot occur inside a text, where quotes are escaped; written with other white space the answer is merely read the longer way.
    /// </summary>
    private static bool IsPlainSuccess(ReadOnlySpan<byte> body, int recipients) =>
        body.IndexOf("\"errors\":[]"u8) >= 0 && body.Count("\"status\":\"subscribed\""u8) == recipients;

    /// <summary>Whether a rejected recipient is missing from the segment; the others are in it and will not be mailed.</summary>
    public static bool IsMissing(Rejection rejection) => rejection.Reason == NotInList;

    private static void ReadMembers(ref Utf8JsonReader json, Action<string, string> reject)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            string? address = null, status = null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isAddress = json.ValueTextEquals("email_address"u8);
                var isStatus = json.ValueTextEquals("status"u8);
                json.Read();
                if (isAddress)
                    address = json.GetString();
                else if (isStatus && !json.ValueTextEquals("subscribed"u8))
                    status = json.GetString();
                else
                    json.Skip();
            }
            if (address is not null && status is not null)
                reject(address, $"{status} in MailChimp");
        }
    }

    /// <summary>True when some were there already.</summary>
    private static bool ReadErrors(ref Utf8JsonReader json, Action<string, string> reject)
    {
        var hasRepeats = false;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            var addresses = new List<string>();
            var error = "";
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isAddresses = json.ValueTextEquals("email_addresses"u8);
                var isError = json.ValueTextEquals("error"u8);
                json.Read();
                if (isAddresses)
                    while (json.Read() && json.TokenType == JsonTokenType.String)
                        addresses.Add(json.GetString()!);
                else if (isError)
                    error = json.GetString() ?? "";
                else
                    json.Skip();
            }
            if (error.Contains("already", StringComparison.OrdinalIgnoreCase))
                hasRepeats = true;
            else
                addresses.ForEach(address => reject(address, NotInList));
        }
        return hasRepeats;
    }

    private static Dictionary<string, string> ByAddress(IReadOnlyList<Recipient> recipients)
    {
        var byAddress = new Dictionary<string, string>(recipients.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var recipient in recipients)
            byAddress[recipient.Address] = recipient.Address;
        return byAddress;
    }
}

/// <summary>What adding a chunk came to.</summary>
internal readonly record struct MembersAnswer(IReadOnlyList<Rejection> Rejections, bool HasRepeats);
