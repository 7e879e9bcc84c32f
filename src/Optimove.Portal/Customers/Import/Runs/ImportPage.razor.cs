using Microsoft.AspNetCore.Components;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Customers.Import.Runs;

public sealed partial class ImportPage
{
    private Page<ImportDetails>? _page;

    [Inject] private ImportQueries Queries { get; set; } = default!;
    [Inject] private DecideImport Decide { get; set; } = default!;
    [Inject] private TenantContext Tenant { get; set; } = default!;
    [Inject] private Actor Actor { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [Parameter] public string Slug { get; set; } = "";
    [Parameter] public int Id { get; set; }

    private TimeZoneInfo Zone => Tenant.Current.Zone;

    private string Subtitle(ImportDetails d) =>
        $"{d.Run.Kind.InWords()} of {Format.DayMonth(d.Run.DataDate)}, {(d.Run.Source == ImportSource.Folder ? "from the watched folder" : $"sent by {d.Run.StartedBy}")}, {Format.DateAndTime(d.Run.StartedAt, Zone)}";

    private async Task DecideAsync(ImportDetails d, ImportDecision decision)
    {
        var deed = decision switch
        {
            ImportDecision.RunAnyway => new Deed("Use this file as it is?", $"Tonight's lists are made from its {Format.Count(d.Run.RowsLoaded, "row")}, although {Lower(d.Run.Sentence)}", "Use it anyway")
                { Keep = "Leave it on hold", Red = false, AsksWhy = true, WhyExample = "For example: the shop in Spain closed" },
            ImportDecision.UsePrevious => new Deed("Put the customers of before back?", "Lists and groups use the file before this one until a new file comes. What this file brought is set aside.", "Use the file before")
                { Keep = "Leave it on hold", Red = false, AsksWhy = true, WhyExample = "For example: the export was cut off" },
            _ => new Deed("Wait for another file?", "Tonight's campaigns stay on hold until a usual file comes or somebody decides otherwise.", "Wait") { Keep = "Decide later", Red = false, AsksWhy = true, WhyExample = "For example: IT sends it again at 08:00" },
        };
        if (await Confirmations.AskAsync(deed) is not { } confirmed) return;
        try
        {
            await Decide.RunAsync(Id, decision, confirmed.Why);
            Toasts.Confirm(decision switch { ImportDecision.RunAnyway => "The file is released", ImportDecision.UsePrevious => "The customers of before are back", _ => "It stays on hold" }, "The decision is in the audit log.");
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
        }
        await _page!.ReloadAsync();
    }

    private static string Lower(string? sentence) => string.IsNullOrEmpty(sentence) ? "it is unusual." : char.ToLowerInvariant(sentence[0]) + sentence[1..];

    private static string? Share(long rows, ImportReport report) => report.RowsRead == 0 ? null : Format.Percent((double)rows / report.RowsRead, rows == 0 || rows == report.RowsRead ? 0 : 2);

    private static string Sum(ImportReport r) => r.Kind == ImportKind.Transactions
        ? $"{Format.Number(r.RowsRead)} read = {Format.Number(r.RowsLoaded)} loaded + {Format.Number(r.RowsKnown)} known + {Format.Number(r.RowsRejected)} rejected."
        : $"{Format.Number(r.RowsRead)} read = {Format.Number(r.RowsLoaded)} loaded + {Format.Number(r.RowsRejected)} rejected.";
}
