namespace Optimove.Portal.Tests.Architecture;

/// <summary>The source tree is the product's pipeline: a stage uses earlier stages and the foundation, never a later stage.</summary>
public sealed class LadderTests
{
    private static readonly string[] _stages = ["Customers", "TargetGroups", "Channels", "Campaigns", "Sending", "Metrics", "Analysis", "PartnerApi"];

    // Data holds the one DbContext of all stages, and the demo; Shell puts them together.
    private static readonly string[] _belowTheStages = ["Tenancy", "Accounts", "Jobs", "Statistics", "Ui"];
    private static readonly string[] _foundation = [.. _belowTheStages, "Data", "Shell"];

    [Fact]
    public void A_stage_never_uses_a_later_one() =>
        Rule.Holds(Uses().Where(u => Array.IndexOf(_stages, u.From) is >= 0 and var from && Array.IndexOf(_stages, u.To) > from).Select(u => u.Said));

    [Fact]
    public void The_foundation_does_not_know_the_stages() =>
        Rule.Holds(Uses().Where(u => _belowTheStages.Contains(u.From) && _stages.Contains(u.To)).Select(u => u.Said));

    [Fact]
    public void The_shared_components_know_neither_database_nor_accounts() =>
        Rule.Holds(Uses().Where(u => u is { From: "Ui", To: "Data" or "Accounts" }).Select(u => u.Said));

    [Fact]
    public void Every_folder_is_a_stage_or_of_the_foundation() =>
        Rule.Holds(References.Portal.Types.Select(t => Folder(t.Namespace)).OfType<string>().Distinct().Except(_stages).Except(_foundation));

    [Fact]
    public void Uses_are_seen_through_fields_generics_and_calls() =>
        Assert.Superset(new HashSet<(string, string)> { ("Data", "Campaigns"), ("Accounts", "Tenancy"), ("Shell", "Data") }, Uses().Select(u => (u.From, u.To)).ToHashSet());

    private static IEnumerable<(string From, string To, string Said)> Uses() =>
        from use in References.Of(References.Portal)
        let @from = Folder(use.From.Namespace)
        let to = use.To.Scope == References.Portal ? Folder(use.To.Namespace) : null
        where @from is not null && to is not null && @from != to
        select (@from, to, $"{use.From.FullName} uses {use.To.FullName}");

    private static string? Folder(string space) =>
        space.StartsWith("Optimove.Portal.", StringComparison.Ordinal) ? space.Split('.')[2] : null;
}
