using System.Globalization;
using System.Text.RegularExpressions;
using Optimove.Portal.Shell;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Accounts.Clients;

/// <summary>What staff say about a client, as typed into a form.</summary>
public sealed class ClientFacts
{
    public string Name { get; set; } = "";
    public string TimeZone { get; set; } = "Europe/Berlin";
    public string Currency { get; set; } = "EUR";
    public Kpi Kpi { get; set; }
    public TimeOnly NightlyAt { get; set; } = new(2, 0);

    public void ApplyTo(Tenant tenant) =>
        (tenant.Name, tenant.TimeZone, tenant.Currency, tenant.Kpi, tenant.NightlyAt) = (Name.Trim(), TimeZone, Currency, Kpi, NightlyAt);

    public static ClientFacts Of(ClientDetails c) => new() { Name = c.Name, TimeZone = c.TimeZone, Currency = c.Currency, Kpi = c.Kpi, NightlyAt = c.NightlyAt };
}

/// <summary>The first address of a client and the first person of it, as typed into the form for a new client.</summary>
public sealed class NewClient
{
    public ClientFacts Facts { get; } = new();
    public string Slug { get; set; } = "";
    public string FirstName { get; set; } = "";
    public string FirstEmail { get; set; } = "";
}

/// <summary>What is right for a client: each rule answers with the field's name and what to put right.</summary>
public static partial class ClientRules
{
    /// <summary>IANA zones that this machine knows, by name.</summary>
    public static IReadOnlyList<string> Zones { get; } = [.. TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId && (z.Id.Contains('/', StringComparison.Ordinal) || z.Id == "UTC")).Select(z => z.Id).Order(StringComparer.Ordinal)];

    /// <summary>ISO 4217 codes of the currencies in use somewhere.</summary>
    public static IReadOnlyList<string> Currencies { get; } = [.. CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(c => new RegionInfo(c.Name).ISOCurrencySymbol).Where(c => c.Length == 3).Distinct().Order(StringComparer.Ordinal)];

    public static IReadOnlyDictionary<string, string> Problems(ClientFacts facts)
    {
        var problems = new Dictionary<string, string>();
        if (facts.Name.Trim().Length is 0 or > 120) problems[nameof(facts.Name)] = "Enter a name of at most 120 characters.";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(facts.TimeZone, out var zone) || !zone.HasIanaId) problems[nameof(facts.TimeZone)] = "Choose a time zone from the list.";
        if (!Currencies.Contains(facts.Currency)) problems[nameof(facts.Currency)] = "Choose a currency from the list.";
        return problems;
    }

    public static IReadOnlyDictionary<string, string> Problems(NewClient client)
    {
        var problems = Problems(client.Facts).ToDictionary();
        if (SlugProblem(client.Slug) is { } slug) problems[nameof(client.Slug)] = slug;
        if (client.FirstName.Trim().Length is 0 or > 120) problems[nameof(client.FirstName)] = "Enter the name of the first person.";
        if (!IsEmail(client.FirstEmail)) problems[nameof(client.FirstEmail)] = "Enter an e-mail address such as name@company.example.";
        return problems;
    }

    /// <summary>What is wrong with a slug; null where nothing is.</summary>
    public static string? SlugProblem(string slug) =>
        !Slug().IsMatch(slug) ? "Take 2 to 40 small letters, digits and hyphens, beginning with a letter or digit."
        : ReservedSlugs.Contains(slug) ? $"\"{slug}\" is a word of the portal itself. Take another one."
        : null;

    /// <summary>A slug made from a name: "Café Noir & Co" becomes "cafe-noir-co".</summary>
    public static string SuggestSlug(string name)
    {
        var plain = string.Concat(name.Normalize(System.Text.NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).ToLowerInvariant();
        var slug = NotInSlug().Replace(plain, "-").Trim('-');
        slug = slug.Length > 40 ? slug[..40].TrimEnd('-') : slug;
        return ReservedSlugs.Contains(slug) ? slug + "-client" : slug;
    }

    public static bool IsEmail(string text) => Email().IsMatch(text.Trim()) && text.Trim().Length <= 254;

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,39}$")]
    private static partial Regex Slug();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInSlug();

    [GeneratedRegex(@"^[^\s@<>,;""]+@[^\s@<>,;""]+\.[^\s@<>,;""]+$")]
    private static partial Regex Email();
}
