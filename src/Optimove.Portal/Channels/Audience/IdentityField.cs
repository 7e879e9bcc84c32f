using Optimove.Portal.Customers;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels.Audience;

/// <summary>The field by which a provider knows the client's customers.</summary>
/// <param name="Words">"e-mail address", "Contact Key".</param>
/// <param name="IsEmail">Then spelling does not matter, and the address has to look like one.</param>
internal sealed record IdentityField(string Field, string Words, bool IsEmail)
{
    private static readonly IdentityField CustomerId = new("customer_id", "customer id", IsEmail: false);

    /// <summary>Its checked and quoted column of the customers table.</summary>
    public string Column => this == CustomerId ? Field : $"\"{Field}\"";

    /// <param name="settings">Opened only where they matter: whoever sends by e-mail address needs none of them.</param>
    /// <returns>Null while the client's data has no such attribute; <see cref="Missing"/> says what to do then.</returns>
    public static IdentityField? Of(IProvider provider, Lazy<object> settings, IReadOnlyCollection<CustomerAttribute> attributes) => provider.Info.Identity switch
    {
        RecipientIdentity.ExternalId => CustomerId,
        RecipientIdentity.EmailAddress => Email(attributes),
        RecipientIdentity.ContactKey => attributes.SingleOrDefault(a => a.Purpose == AttributePurpose.ContactKey) is { } key ? new(key.Field, "Contact Key", IsEmail: false) : null,
        _ => provider.IdentityOf(settings.Value) is var named && named == CustomerId.Field ? CustomerId
            : attributes.SingleOrDefault(a => a.Field == named) is { } attribute ? Named(attribute) : null,
    };

    public static IdentityField? Email(IEnumerable<CustomerAttribute> attributes) => attributes.SingleOrDefault(a => a.Purpose == AttributePurpose.EmailAddress) is { } email ? Named(email) : null;

    /// <summary>What is missing in the client's data, and how to mend it.</summary>
    public static string Missing(IProvider provider, Lazy<object> settings) => provider.Info.Identity switch
    {
        RecipientIdentity.EmailAddress => NoEmail,
        RecipientIdentity.ContactKey => $"No attribute is marked as the Contact Key, by which {provider.Info.Name} knows customers. Mark one under Settings, Attributes.",
        _ => $"The connection names the field {provider.IdentityOf(settings.Value)} as the customer's identifier, and the client's data has none. Correct it in the connection's settings, or import the field.",
    };

    public const string NoEmail = "No attribute is marked as the e-mail address. Mark one under Settings, Attributes.";

    private static IdentityField Named(CustomerAttribute attribute) =>
        attribute.Purpose == AttributePurpose.EmailAddress ? new(attribute.Field, "e-mail address", IsEmail: true) : new(attribute.Field, attribute.Name, IsEmail: false);
}
