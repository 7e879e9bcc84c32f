using Optimove.Portal.Twins.MobilePush;
using Optimove.Portal.Twins.MobilePush.Catalog;
using Optimove.Portal.Twins.MobilePush.Sends;

namespace Optimove.Portal.Twins.Saved;

/// <summary>One of what a Marketing Cloud account holds; its settings come first, contacts before sends. Sessions are not kept: their tokens are over after a restart.</summary>
internal sealed record SavedMobilePush
{
    private const int ContactsPerLine = 1000;

    public SavedPushSettings? Settings { get; init; }
    public PushApp? App { get; init; }
    public PushMessage? Message { get; init; }
    public string[]? OptedIn { get; init; }
    public SavedOptOut[]? Contacts { get; init; }
    public PushSend? Send { get; init; }

    public static IEnumerable<SavedLine> Lines(MobilePushAccount account)
    {
        yield return Line(account, new() { Settings = SavedPushSettings.Of(account) });
        foreach (var app in account.Apps) yield return Line(account, new() { App = app });
        foreach (var message in account.Messages.Values) yield return Line(account, new() { Message = message });
        foreach (var numbers in Enumerable.Range(0, account.Contacts.Count).Chunk(ContactsPerLine))
            yield return Line(account, numbers.Any(account.Contacts.IsOptedOut)
                ? new() { Contacts = [.. numbers.Select(n => new SavedOptOut(account.Contacts[n], account.Contacts.IsOptedOut(n)))] }
                : new() { OptedIn = [.. numbers.Select(n => account.Contacts[n])] });
        foreach (var send in account.Sends) yield return Line(account, new() { Send = send });
    }

    public void PutInto(TwinWorld world, string name)
    {
        var account = Settings is { } settings ? world.AddMobilePush(name, settings.ClientId, settings.ClientSecret, settings.Mid) : world.MobilePush(name);
        lock (account.Gate)
        {
            Settings?.ApplyTo(account);
            if (App is not null) account.Apps.Add(App);
            if (Message is not null) account.Messages.Add(Message.Id, Message);
            foreach (var key in OptedIn ?? []) account.Contacts.Add(key, optedIn: true);
            foreach (var contact in Contacts ?? []) account.Contacts.Add(contact.Key, !contact.OptedOut);
            if (Send is null) return;
            account.Put(Send);
            account.Throughput.Note(Send.TakenUpAt, Send.Asked);
        }
    }

    private static SavedLine Line(MobilePushAccount account, SavedMobilePush saved) => new(account.Name) { MobilePush = saved };
}

internal sealed record SavedOptOut(string Key, bool OptedOut);

internal sealed record SavedPushSettings(string ClientId, string ClientSecret, string Mid, SortedDictionary<string, string> Units, string[] Scopes)
{
    public TimeSpan SessionsLive { get; init; }
    public TimeSpan SendingTakes { get; init; }
    public bool RefusesAddresses { get; init; }
    public bool StopsWithMessage { get; init; }
    public string? RestAddress { get; init; }
    public int Recipients { get; init; }
    public TimeSpan Per { get; init; }

    public static SavedPushSettings Of(MobilePushAccount account) => new(account.Client.Id, account.Client.Secret, account.Mid, account.Units, [.. account.Scopes])
    {
        SessionsLive = account.SessionsLive,
        SendingTakes = account.SendingTakes,
        RefusesAddresses = account.RefusesAddresses,
        StopsWithMessage = account.StopsWithMessage,
        RestAddress = account.RestAddress,
        Recipients = account.Throughput.Recipients,
        Per = account.Throughput.Per,
    };

    public void ApplyTo(MobilePushAccount account)
    {
        foreach (var (mid, name) in Units) account.Units[mid] = name;
        account.Scopes.IntersectWith(Scopes);
        account.Scopes.UnionWith(Scopes);
        account.SessionsLive = SessionsLive;
        account.SendingTakes = SendingTakes;
        account.RefusesAddresses = RefusesAddresses;
        account.StopsWithMessage = StopsWithMessage;
        account.RestAddress = RestAddress;
        (account.Throughput.Recipients, account.Throughput.Per) = (Recipients, Per);
    }
}
