using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Optimove.Portal.Twins.Appboy;
using Optimove.Portal.Twins.Cheetah;
using Optimove.Portal.Twins.MailChimp;
using Optimove.Portal.Twins.MailChimp.Lists;
using Optimove.Portal.Twins.Partner;

namespace Optimove.Portal.Twins.Saved;

/// <summary>The world as lines of JSON. A file is replaced whole or not at all; faults and the log of calls are not in it.</summary>
internal static class WorldFile
{
    private const int MembersPerLine = 1000;
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static async Task SaveAsync(TwinWorld world, string path, CancellationToken cancellation)
    {
        var temporary = $"{path}.new";
        await using (var file = File.Create(temporary))
            foreach (var (gate, lines) in Accounts(world))
            {
                using var bytes = Bytes(gate, lines);
                bytes.Position = 0;
                await bytes.CopyToAsync(file, cancellation);
            }
        File.Move(temporary, path, overwrite: true);
    }

    private static IEnumerable<(Lock Gate, IEnumerable<SavedLine> Lines)> Accounts(TwinWorld world) =>
    [
        .. world.MailChimpAccounts.Select(account => (account.Gate, Lines(account))),
        .. world.MobilePushAccounts.Select(account => (account.Gate, SavedMobilePush.Lines(account))),
        .. world.AppboyAccounts.Select(account => (account.Gate, SavedAppboy.Lines(account))),
        .. world.CheetahAccounts.Select(account => (account.Gate, SavedCheetah.Lines(account))),
        .. world.PartnerAccounts.Select(account => (account.Gate, SavedPartner.Lines(account))),
    ];

    /// <summary>The account at one moment.</summary>
    private static MemoryStream Bytes(Lock gate, IEnumerable<SavedLine> lines)
    {
        var bytes = new MemoryStream();
        lock (gate)
            foreach (var line in lines)
            {
                JsonSerializer.Serialize(bytes, line, Json);
                bytes.WriteByte((byte)'\n');
            }
        return bytes;
    }

    private static IEnumerable<SavedLine> Lines(MailChimpAccount account)
    {
        yield return new SavedLine(account.Name) { Settings = SavedAccount.Of(account) };
        foreach (var template in account.Templates.Values) yield return new SavedLine(account.Name) { Template = template };
        foreach (var list in account.Lists.Values)
        {
            yield return new SavedLine(account.Name) { List = new SavedList(list.Id, list.Name, list.CreatedAt, list.Subscribed, list.Cleaned) };
            foreach (var members in Enumerable.Range(0, list.Addresses.Count).Chunk(MembersPerLine))
                yield return new SavedLine(account.Name) { Members = new SavedMembers(list.Id, [.. members.Select(m => list.Addresses[m])]) };
            foreach (var segment in list.Segments.Values) yield return new SavedLine(account.Name) { Segment = segment };
        }
        foreach (var campaign in account.Campaigns) yield return new SavedLine(account.Name) { Campaign = campaign };
    }

    public static async Task LoadAsync(TwinWorld world, string path, CancellationToken cancellation)
    {
        await foreach (var text in File.ReadLinesAsync(path, cancellation))
        {
            var line = JsonSerializer.Deserialize<SavedLine>(text, Json)!;
            if (line.MobilePush is { } mobilePush)
            {
                mobilePush.PutInto(world, line.Account);
                continue;
            }
            if (line.Appboy is { } appboy)
            {
                appboy.PutInto(world, line.Account);
                continue;
            }
            if (line.Partner is { } partner)
            {
                partner.PutInto(world, line.Account);
                continue;
            }
            if (line.Cheetah is { } cheetah)
            {
                cheetah.AddTo(world, line.Account);
                continue;
            }
            var account = line.Settings is { } settings ? world.AddMailChimp(line.Account, settings.ApiKey) : world.MailChimp(line.Account);
            lock (account.Gate) Take(account, line);
        }
    }

    private static void Take(MailChimpAccount account, SavedLine line)
    {
        line.Settings?.ApplyTo(account);
        if (line.Template is { } template) account.Templates.Add(template.Id, template);
        if (line.List is { } list) account.Lists.Add(list.Id, new MailList(list.Id, list.Name, list.CreatedAt) { Subscribed = list.Subscribed, Cleaned = list.Cleaned });
        foreach (var address in line.Members?.Addresses ?? []) account.Lists[line.Members!.ListId].Addresses.Add(address);
        if (line.Segment is { } segment) account.Lists[segment.ListId].Segments.Add(segment.Id, segment);
        if (line.Campaign is { } campaign) account.Campaigns.Add(campaign);
    }
}
