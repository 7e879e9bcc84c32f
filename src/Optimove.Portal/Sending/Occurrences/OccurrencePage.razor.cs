using Microsoft.AspNetCore.Components;
using Optimove.Portal.Sending.Recipients;
using Optimove.Portal.Shell;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Grids;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Sending.Occurrences;

public sealed partial class OccurrencePage
{
    private Page<OccurrenceView>? _page;

    [Parameter] public int Id { get; set; }
    [Parameter] public DateTime Date { get; set; }
    [SupplyParameterFromQuery] public string? Fate { get; set; }
    [SupplyParameterFromQuery] public string? Reason { get; set; }
    [SupplyParameterFromQuery(Name = "q")] public string? Customer { get; set; }
    [SupplyParameterFromQuery] public string? Tab { get; set; }

    [Inject] private OccurrenceQueries Queries { get; set; } = default!;
    [Inject] private RecipientQueries Recipients { get; set; } = default!;

    private DateOnly Day => DateOnly.FromDateTime(Date);
    private GridQuery Asked => GridQuery.Read(Navigation.Uri, ["customer"], pageSize: 50);
    private RecipientFilter Filter => new(RecipientFate.All.Contains(Fate) ? Fate : null, Given(Reason), Given(Customer));
    private string Export => Urls.Recipients(Slug, Id, Day) + new Uri(Navigation.Uri).Query;

    private Task<OccurrenceView?> LoadAsync(CancellationToken cancellation) => Queries.GetAsync(Id, Day, cancellation);

    private string FateAddress(string? fate, string? reason) => Navigation.GetUriWithQueryParameters(Urls.Occurrence(Slug, Id, Day),
        new Dictionary<string, object?> { ["fate"] = fate, ["reason"] = reason });

    private IReadOnlyList<Tab> Parts(OccurrenceView view)
    {
        var here = Urls.Occurrence(Slug, Id, Day);
        return [new("Recipients", here, Tab != "certificate", view.Occurrence.Considered), new("Certificate", $"{here}?tab=certificate", Tab == "certificate")];
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
