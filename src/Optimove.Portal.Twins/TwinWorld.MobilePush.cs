using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Optimove.Portal.Twins.MobilePush;

namespace Optimove.Portal.Twins;

public sealed partial class TwinWorld
{
    private readonly ConcurrentDictionary<string, MobilePushAccount> _mobilePush = new(StringComparer.Ordinal);

    public IReadOnlyCollection<MobilePushAccount> MobilePushAccounts => [.. _mobilePush.Values.OrderBy(a => a.Name, StringComparer.Ordinal)];

    /// <summary>Adds a Marketing Cloud account, or replaces the one of that name by an empty one.</summary>
    /// <param name="name">The account's part of the address: <c>/mobilepush/{name}/</c>.</param>
    /// <param name="mid">The account's own business unit, which a token is for unless it names another.</param>
    public MobilePushAccount AddMobilePush(string name, string clientId, string clientSecret, string mid)
    {
        var account = new MobilePushAccount(name, new PushClient(clientId, clientSecret), mid, Clock, () => Changed?.Invoke());
        _mobilePush[name] = account;
        return account;
    }

    public MobilePushAccount MobilePush(string name) => _mobilePush[name];

    public bool TryMobilePush(string name, [NotNullWhen(true)] out MobilePushAccount? account) => _mobilePush.TryGetValue(name, out account);
}
