using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.PartnerApi.Credentials;

/// <summary>Who makes a call: a credential of one client, with what it may reach.</summary>
public sealed record ApiCaller(TenantScope Tenant, int CredentialId, string Name, CredentialKind Kind, IReadOnlyList<int> ChannelIds, IReadOnlyList<string> Fields, int CallsPerWindow)
{
    /// <summary>Whether the caller may use this channel: a client any, a partner those of its key.</summary>
    public bool MayReach(int channelId) => Kind == CredentialKind.Client || ChannelIds.Contains(channelId);

    /// <summary>Whether the caller may read this attribute: a client any, a partner those of its key.</summary>
    public bool MayRead(string field) => Kind == CredentialKind.Client || Fields.Contains(field, StringComparer.OrdinalIgnoreCase);
}

/// <summary>The caller, or the answer that the call gets instead.</summary>
public sealed record FoundCaller(ApiCaller? Caller, ApiAnswer? Refusal);
