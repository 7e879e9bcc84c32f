using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Optimove.Portal.Twins.Appboy;

namespace Optimove.Portal.Twins;

public sealed partial class TwinWorld
{
    private readonly ConcurrentDictionary<string, AppboyAccount> _appboy = new(StringComparer.Ordinal);

    public IReadOnlyCollection<AppboyAccount> AppboyAccounts => [.. _appboy.Values.OrderBy(a => a.Name, StringComparer.Ordinal)];

    /// <summary>Adds an account without app groups, or replaces the one of that name by it.</summary>
    /// <param name="name">The account's part of the address: <c>/appboy/{name}</c>.</param>
    public AppboyAccount AddAppboy(string name) => _appboy[name] = new AppboyAccount(name, Clock, () => Changed?.Invoke());

    public AppboyAccount Appboy(string name) => _appboy[name];

    public bool TryAppboy(string name, [NotNullWhen(true)] out AppboyAccount? account) => _appboy.TryGetValue(name, out account);
}
