using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Optimove.Portal.Twins.Cheetah;
using Optimove.Portal.Twins.MailChimp;
using Optimove.Portal.Twins.Saved;

namespace Optimove.Portal.Twins;

/// <summary>Everything that the twins hold. All its times come from one clock, so that moving the clock moves the outside too.</summary>
public sealed partial class TwinWorld(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, MailChimpAccount> _mailChimp = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, CheetahAccount> _cheetah = new(StringComparer.Ordinal);

    public TimeProvider Clock => clock;

    /// <summary>Raised after anything changed; may be raised from any thread and with locks held.</summary>
    internal event Action? Changed;

    public IReadOnlyCollection<MailChimpAccount> MailChimpAccounts => [.. _mailChimp.Values.OrderBy(a => a.Name, StringComparer.Ordinal)];

    /// <summary>Adds an account, or replaces the one of that name by an empty one.</summary>
    /// <param name="name">The account's part of the address: <c>/mailchimp/{name}/3.0</c>.</param>
    /// <param name="apiKey">With the data centre at its end.</param>
    public MailChimpAccount AddMailChimp(string name, string apiKey)
    {
        var account = new MailChimpAccount(name, apiKey, clock, () => Changed?.Invoke());
        _mailChimp[name] = account;
        return account;
    }

    public MailChimpAccount MailChimp(string name) => _mailChimp[name];

    public bool TryMailChimp(string name, [NotNullWhen(true)] out MailChimpAccount? account) => _mailChimp.TryGetValue(name, out account);

    public IReadOnlyCollection<CheetahAccount> CheetahAccounts => [.. _cheetah.Values.OrderBy(a => a.Name, StringComparer.Ordinal)];

    /// <summary>Adds an account, or replaces the one of that name by an empty one.</summary>
    /// <param name="name">The account's part of the address: <c>/cheetah/{name}/services2</c>.</param>
    public CheetahAccount AddCheetah(string name, CheetahKeys keys)
    {
        var account = new CheetahAccount(name, keys, clock, () => Changed?.Invoke());
        _cheetah[name] = account;
        return account;
    }

    public CheetahAccount Cheetah(string name) => _cheetah[name];

    public bool TryCheetah(string name, [NotNullWhen(true)] out CheetahAccount? account) => _cheetah.TryGetValue(name, out account);

    /// <summary>Writes everything but faults and received calls to a file.</summary>
    public Task SaveAsync(string path, CancellationToken cancellation = default) => WorldFile.SaveAsync(this, path, cancellation);

    /// <summary>Takes over what a file holds; an account of the same name is replaced. False when there is no such file.</summary>
    public async Task<bool> LoadAsync(string path, CancellationToken cancellation = default)
    {
        if (!File.Exists(path)) return false;
        await WorldFile.LoadAsync(this, path, cancellation);
        return true;
    }
}
