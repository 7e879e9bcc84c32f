using System.Text;
using System.Text.Json;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.MailChimp.Lists;

/// <summary>
/// Adds to and removes from a static segment, at most 500 each. Straight from the request's bytes: this is the call that a push makes
/// thousands of times. Whoever is not on the list is named in <c>errors</c> and does not fail the call.
/// </summary>
internal sealed class ChangeMembers
{
    private const int Most = 500;
    private const string NotAMember = "Email address is not a member of this list.";
    private const string Repeated = "Email address is already in this segment.";
    private readonly List<int> _added = [];
    private readonly List<int> _removed = [];
    private readonly List<(string Address, string Why)> _errors = [];

    public static Answer Apply(MailChimpAccount account, MailList list, Segment segment, Call call)
    {
        var (counts, refusal) = Count(call.Body.Span);
        if (refusal is not null) return refusal;
        if (counts.Add > Most) return Answer.Invalid("members_to_add", $"This collection should contain {Most} elements or less.");
        if (counts.Remove > Most) return Answer.Invalid("members_to_remove", $"This collection should contain {Most} elements or less.");
        var change = new ChangeMembers();
        if (counts.Add + counts.Remove > 0)
        {
            segment.Touch(list, call.Now, account.SegmentDelay);
            change.Read(call.Body.Span, list, segment, account.RepeatsAreErrors);
        }
        return Answer.Ok(json => change.Write(json, list));
    }

    /// <summary>Checks the shape before anything changes.</summary>
    private static ((int Add, int Remove) Counts, Answer? Refusal) Count(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return (default, Answer.BadRequest("The request body could not be read as JSON."));
            (int Add, int Remove) counts = default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var adds = reader.ValueTextEquals("members_to_add"u8);
                var removes = reader.ValueTextEquals("members_to_remove"u8);
                reader.Read();
                if (!adds && !removes) reader.Skip();
                else if (CountTexts(ref reader) is not { } count) return (default, Answer.Invalid(adds ? "members_to_add" : "members_to_remove", "Schema describes an array of strings"));
                else if (adds) counts.Add = count;
                else counts.Remove = count;
            }
            return (counts, null);
        }
        catch (JsonException)
        {
            return (default, Answer.BadRequest("The request body could not be read as JSON."));
        }
    }

    private static int? CountTexts(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return 0;
        if (reader.TokenType != JsonTokenType.StartArray) return null;
        for (var count = 0; reader.Read(); count++)
        {
            if (reader.TokenType == JsonTokenType.EndArray) return count;
            if (reader.TokenType != JsonTokenType.String) return null;
        }
        return null;
    }

    private void Read(ReadOnlySpan<byte> body, MailList list, Segment segment, bool repeatsAreErrors)
    {
        Span<byte> text = stackalloc byte[256];
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var adds = reader.ValueTextEquals("members_to_add"u8);
            var removes = reader.ValueTextEquals("members_to_remove"u8);
            reader.Read();
            if (!adds && !removes || reader.TokenType == JsonTokenType.Null)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var member = reader.ValueSpan.Length > text.Length ? -1 : list.Addresses.Find(text[..reader.CopyString(text)]);
                if (member < 0) _errors.Add((reader.GetString()!, NotAMember));
                else if (removes && segment.Members.Remove(member)) _removed.Add(member);
                else if (adds && (segment.Members.Add(member) || !repeatsAreErrors)) _added.Add(member);
                else if (adds) _errors.Add((reader.GetString()!, Repeated));
            }
        }
    }

    private void Write(Utf8JsonWriter json, MailList list)
    {
        json.WriteStartObject();
        WriteMembers(json, "members_added"u8, _added, list);
        WriteMembers(json, "members_removed"u8, _removed, list);
        json.WriteStartArray("errors"u8);
        foreach (var same in _errors.GroupBy(e => e.Why))
        {
            json.WriteStartObject();
            json.WriteStartArray("email_addresses"u8);
            foreach (var (address, _) in same) json.WriteStringValue(address);
            json.WriteEndArray();
            json.WriteString("error"u8, same.Key);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("total_added"u8, _added.Count);
        json.WriteNumber("total_removed"u8, _removed.Count);
        json.WriteNumber("error_count"u8, _errors.Count);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, ReadOnlySpan<byte> name, List<int> members, MailList list)
    {
        Span<byte> md5 = stackalloc byte[32];
        json.WriteStartArray(name);
        foreach (var member in members)
        {
            list.Addresses.WriteMd5(member, md5);
            json.WriteStartObject();
            json.WriteString("id"u8, md5);
            json.WriteString("email_address"u8, list.Addresses.Utf8(member));
            json.WriteString("status"u8, list.StatusOf(member) switch { MemberStatus.Subscribed => "subscribed"u8, MemberStatus.Cleaned => "cleaned"u8, _ => "unsubscribed"u8 });
            json.WriteString("list_id"u8, list.Id);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
