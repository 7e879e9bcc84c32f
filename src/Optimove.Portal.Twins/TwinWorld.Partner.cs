using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Optimove.Portal.Twins.Partner;

namespace Optimove.Portal.Twins;

public sealed partial class TwinWorld
{
    private readonly ConcurrentDictionary<string, PartnerAccount> _partners = new(StringComparer.Ordinal);

    public IReadOnlyCollection<PartnerAccount> PartnerAccounts => [.. _partners.Values.OrderBy(a => a.Name, StringComparer.Ordinal)];

    /// <summary>Adds a partner's account, or replaces the one of that name.</summary>
    /// <param name="name">The account's part of the address: <c>/partner/{name}/listener</c>.</param>
    public PartnerAccount AddPartner(string name, PartnerAccess access)
    {
        var account = _partners[name] = new PartnerAccount(name, access, () => Changed?.Invoke());
        Changed?.Invoke();
        return account;
    }

    public PartnerAccount Partner(string name) => _partners[name];

    public bool TryPartner(string name, [NotNullWhen(true)] out PartnerAccount? account) => _partners.TryGetValue(name, out account);
}
