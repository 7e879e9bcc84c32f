using Microsoft.AspNetCore.Components;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Customers.Explorer;

public sealed partial class CustomersPage
{
    private const int UsuallyShown = 5;

    [Inject] private ExplorerQueries Queries { get; set; } = default!;
    [Inject] private AttributeQueries Attributes { get; set; } = default!;
    [Inject] private TenantContext Tenant { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Parameter] public string Slug { get; set; } = "";
    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string? Field { get; set; }
    [SupplyParameterFromQuery] private string? By { get; set; }
    [SupplyParameterFromQuery] private string? Value { get; set; }
    [SupplyParameterFromQuery] private string? After { get; set; }
    [SupplyParameterFromQuery] private string? Before { get; set; }
    /// <summary>Fields of the columns shown, with commas.</summary>
    [SupplyParameterFromQuery] private string? Columns { get; set; }

    private TimeZoneInfo Zone => Tenant.Current.Zone;

    private async Task<ExplorerView> ReadAsync(CancellationToken cancellation)
    {
        var attributes = await Attributes.AllAsync(cancellation);
        var asked = Columns?.Split(',');
        List<CustomerAttribute> shown = asked is null
            ? [.. attributes.Where(a => a.Purpose is not (AttributePurpose.FirstName or AttributePurpose.LastName)).OrderBy(a => a.Purpose != AttributePurpose.EmailAddress).Take(UsuallyShown)]
            : [.. attributes.Where(a => asked.Contains(a.Field))];
        var (filter, problem) = Filter(attributes);
        var search = new CustomerSearch(Q, filter, After, Before);
        var page = await Queries.FindAsync(search, attributes, shown, cancellation);
        return new(search, attributes, shown, page, problem, IsFirst: page.Total == 0 && !search.IsNarrow && problem is null);
    }

    private (CustomerFilter?, string?) Filter(List<CustomerAttribute> attributes)
    {
        if (attributes.FirstOrDefault(a => a.Field == Field) is not { } attribute) return default;
        var filter = new CustomerFilter(attribute, Enum.TryParse<FilterBy>(By, ignoreCase: true, out var by) ? by : FilterBy.Is, Value);
        if (filter.By != FilterBy.Is) return (filter, null);
        if (string.IsNullOrWhiteSpace(Value)) return (null, $"{attribute.Name} is asked for with {filter.Example}.");
        try
        {
            filter.Parse();
            return (filter, null);
        }
        catch (RefusedException e)
        {
            return (null, e.Message);
        }
    }

    private static string Subtitle(ExplorerView view) => "Everybody in the newest file. Find one by how the id, the e-mail address or the name begins.";

    private static string Heading(ExplorerView view) => view.Search.IsNarrow ? $"{Format.Count(view.Page.Total, "customer")} found" : Format.Count(view.Page.Total, "customer");

    private static string Took(ExplorerView view) => $"read in {Format.Duration(view.Page.Took)}";

    private string Turn(string name, string id) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["after"] = null, ["before"] = null, [name] = id });
}

/// <summary>What the explorer shows.</summary>
/// <param name="Problem">Why the filter in the address was left away.</param>
/// <param name="IsFirst">There is nobody at all.</param>
public sealed record ExplorerView(CustomerSearch Search, IReadOnlyList<CustomerAttribute> Attributes, IReadOnlyList<CustomerAttribute> Shown, CustomersFound Page, string? Problem, bool IsFirst);
