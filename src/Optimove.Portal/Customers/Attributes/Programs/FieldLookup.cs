using Optimove.Portal.Customers.Import;

namespace Optimove.Portal.Customers.Attributes.Programs;

/// <summary>Finds an attribute by the name that a program has for it.</summary>
public static class FieldLookup
{
    /// <summary>By its field in any case, or as a header of the client's file would become one.</summary>
    public static CustomerAttribute? Find(IReadOnlyList<CustomerAttribute> all, string name) =>
        all.FirstOrDefault(a => a.Field.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? all.FirstOrDefault(a => a.Field == FieldName.From(name));
}
