namespace Optimove.Portal.Providers;

/// <summary>Every provider that the product can talk to. A new provider adds its line in <see cref="Registration"/>.</summary>
public sealed class ProviderCatalog(IEnumerable<IProvider> providers)
{
    private readonly Dictionary<string, IProvider> _byKey = providers.ToDictionary(p => p.Info.Key);

    public IReadOnlyCollection<IProvider> All => _byKey.Values;

    /// <summary>Those that a client connects with settings of its own.</summary>
    public IEnumerable<IProvider> Connectable => All.Where(p => !p.Info.ServedByPartner);

    public IProvider this[string key] => _byKey.TryGetValue(key, out var provider) ? provider
        : throw new ProviderException(ProviderFault.Misconfigured, $"There is no provider called \"{key}\".");
}
