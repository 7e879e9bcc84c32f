using Optimove.Portal.Customers;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels.Audience;

/// <summary>The column by which a provider knows the client's customers.</summary>
internal static class IdentityField
{
    /// <returns>A checked and quoted column of the customers table; null while the client's data has no such attribute.</returns>
    public static string? Of(IProvider provider, object settings, IEnumerable<CustomerAttribute> attributes) => provider.Info.Identity switch
    {
        RecipientIdentity.ExternalId => "customer_id",
        RecipientIdentity.EmailAddress => Quoted(attributes.SingleOrDefault(a => a.Purpose == AttributePurpose.EmailAddress)),
        RecipientIdentity.ContactKey => Quoted(attributes.SingleOrDefault(a => a.Purpose == AttributePurpose.ContactKey)),
        _ => provider.IdentityOf(settings) is var named && named == "customer_id" ? named : Quoted(attributes.SingleOrDefault(a => a.Field == named)),
    };

    private static string? Quoted(CustomerAttribute? attribute) => attribute is null ? null : $"\"{attribute.Field}\"";
}
