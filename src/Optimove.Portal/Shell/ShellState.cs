using Optimove.Portal.Ui.Badges;

namespace Optimove.Portal.Shell;

/// <summary>What the frame around every page shows: the tenant, the person, how fresh the data is. Without a tenant (staff pages) the tenant's fields are null.</summary>
public sealed record ShellState
{
    public string? TenantName { get; init; }
    public string? TenantSlug { get; init; }
    /// <summary>The tenant's IANA time zone.</summary>
    public string Zone { get; init; } = "UTC";
    /// <summary>How many things on Mission Control wait for a person.</summary>
    public int NeedsYou { get; init; }
    /// <summary>A few words, such as "Data of 17 June, 02:21"; null where no tenant is entered.</summary>
    public string? DataFreshness { get; init; }
    public Tone DataTone { get; init; } = Tone.Good;
    public required string PersonName { get; init; }
    public string? PersonEmail { get; init; }
    public required string Initials { get; init; }
    public bool IsStaff { get; init; }
    /// <summary>The sentence after "Visiting NAME", such as "as Ines Rahm, Customer success. Everything you do is in their audit log."; null in one's own tenant.</summary>
    public string? Visit { get; init; }
    /// <summary>A visiting member of staff has taken edit rights.</summary>
    public bool VisitEdits { get; init; }
    /// <summary>Other tenants this person may switch to, at most a dozen, most recent first.</summary>
    public IReadOnlyList<ShellTenant> Others { get; init; } = [];

    /// <summary>Up to two capital letters: of the first and the last word of a name, or of an address.</summary>
    public static string InitialsOf(string name)
    {
        var words = name.Split([' ', '.', '-', '_', '@'], StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => "?",
            [var one] => one[..1].ToUpperInvariant(),
            [var first, .., var last] => (name.Contains('@') ? first[..1] : first[..1] + last[..1]).ToUpperInvariant(),
        };
    }
}

/// <summary>A tenant in the switcher.</summary>
public sealed record ShellTenant(string Name, string Slug);
