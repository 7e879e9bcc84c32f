using System.Globalization;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Attributes;

/// <summary>A column of a file on its way to being an attribute.</summary>
public sealed class ProposalRow(ProposedAttribute proposed, AttributeDraft draft)
{
    public bool Wanted { get; set; } = true;
    public AttributeDraft Draft => draft;
    public string Header => proposed.Header;
    public double FillRate => proposed.FillRate;
    public IReadOnlyList<string> Samples => proposed.Samples;

    /// <summary>The columns that are no attributes yet, with a name made from the header and a purpose where it is plain and free.</summary>
    public static List<ProposalRow> From(IReadOnlyList<ProposedAttribute> proposed, IReadOnlyList<AttributeDraft> there)
    {
        var fields = there.Select(t => t.Field).ToHashSet();
        var purposes = there.Select(t => t.Purpose).ToHashSet();
        return [.. proposed.Where(p => !p.IsKey && !fields.Contains(p.Field)).Select(p => new ProposalRow(p, DraftOf(p, purposes)))];
    }

    private static AttributeDraft DraftOf(ProposedAttribute p, HashSet<AttributePurpose> taken)
    {
        var words = p.Field.Replace('_', ' ').Trim();
        var purpose = p.Type == AttributeType.Text ? Purpose(p) : AttributePurpose.None;
        if (purpose != AttributePurpose.None && !taken.Add(purpose)) purpose = AttributePurpose.None;
        return new()
        {
            // A limit costs nothing in the database, and a row that the first rows did not foresee would be rejected.
            Field = p.Field, Type = p.Type, Length = p.Length is { } n ? Math.Max(n, purpose == AttributePurpose.EmailAddress ? 254 : 50) : null, Purpose = purpose,
            Name = purpose == AttributePurpose.EmailAddress ? "E-mail" : char.ToUpper(words[0], CultureInfo.InvariantCulture) + words[1..],
            Personalisation = purpose is AttributePurpose.FirstName or AttributePurpose.LastName,
        };
    }

    private static AttributePurpose Purpose(ProposedAttribute p) => p.Field switch
    {
        "email" or "e_mail" or "mail" or "email_address" or "e_mail_address" => AttributePurpose.EmailAddress,
        _ when p.Samples.Count > 0 && p.Samples.All(s => s.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && s.IndexOf('.', at) > 0 && !s.Contains(' ', StringComparison.Ordinal)) => AttributePurpose.EmailAddress,
        "first_name" or "firstname" or "given_name" or "vorname" or "prenom" => AttributePurpose.FirstName,
        "last_name" or "lastname" or "surname" or "family_name" or "nachname" or "nom" => AttributePurpose.LastName,
        "contact_key" or "subscriber_key" => AttributePurpose.ContactKey,
        _ => AttributePurpose.None,
    };
}
