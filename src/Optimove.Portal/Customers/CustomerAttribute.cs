using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Customers;

/// <summary>The definition of a customer attribute: a column of the tenant's customer table and of its daily file.</summary>
public sealed class CustomerAttribute : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    /// <summary>Column name and file header, <c>^[a-z][a-z0-9_]{0,58}$</c>; never changes once made.</summary>
    public required string Field { get; set; }
    public required string Name { get; set; }
    public AttributeType Type { get; set; }
    /// <summary>Most characters of a text; null for other types.</summary>
    public int? Length { get; set; }
    public string? Description { get; set; }
    /// <summary>Offered as a personalisation tag in templates.</summary>
    public bool Personalisation { get; set; }
    public AttributePurpose Purpose { get; set; }
    /// <summary>Made by a program: what the file has no column for keeps its values when a file is loaded.</summary>
    public bool ByApi { get; set; }
    /// <summary>What customers without a value have, of an attribute that was made by a program.</summary>
    public string? Default { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    public AttributeColumn ToColumn() => new(Field, Name, Type, Length);
}

/// <summary>What the product itself uses an attribute for; each purpose at most once a tenant.</summary>
public enum AttributePurpose { None, EmailAddress, FirstName, LastName, ContactKey }
