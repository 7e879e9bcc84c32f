using Microsoft.AspNetCore.Components;
using Optimove.Portal.Shell;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Customers.Attributes;

public sealed partial class AttributesPage
{
    private Page<IReadOnlyList<AttributeLine>>? _page;
    private IReadOnlyList<AttributeProblem> _problems = [];

    [Inject] private AttributeQueries Queries { get; set; } = default!;
    [Inject] private AddAttributes Add { get; set; } = default!;
    [Inject] private ChangeAttribute Change { get; set; } = default!;
    [Inject] private RetireAttribute Retire { get; set; } = default!;
    [Inject] private Actor Actor { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [Parameter] public string Slug { get; set; } = "";
    /// <summary>The field of the attribute that is open, or "new".</summary>
    [SupplyParameterFromQuery] private string? Open { get; set; }

    private bool MayChange => Actor.MayAdministrate(Clock.GetUtcNow());

    private string Address(string? open) => Urls.Settings(Slug, "attributes") + (open is null ? "" : $"?open={open}");

    private async Task AddAsync(AttributeDraft draft)
    {
        var others = (await Queries.AllAsync(CancellationToken.None)).Select(AttributeDraft.Of);
        if (!IsSound(draft, others)) return;
        await DoAsync(() => Add.RunAsync([draft]), $"{draft.Name.Trim()} is an attribute now", "Its values come with the next customers file.");
    }

    private async Task ChangeAsync(AttributeLine line, AttributeDraft draft)
    {
        var others = (await Queries.AllAsync(CancellationToken.None)).Where(a => a.Id != line.Attribute.Id).Select(AttributeDraft.Of);
        if (!IsSound(draft, others)) return;
        await DoAsync(() => Change.RunAsync(line.Attribute.Id, draft), $"{draft.Name.Trim()} is saved", null);
    }

    private async Task RetireAsync(AttributeLine line)
    {
        var deed = new Deed($"Retire {line.Attribute.Name}?", "Its values are taken out of the customers, and the column of the next file is ignored. Made anew, it fills again with the next file.", "Retire it");
        if (await Confirmations.AskAsync(deed) is null) return;
        await DoAsync(() => Retire.RunAsync(line.Attribute.Id), $"{line.Attribute.Name} is retired", null);
    }

    private bool IsSound(AttributeDraft draft, IEnumerable<AttributeDraft> others)
    {
        _problems = AttributeRules.Problems(draft, others);
        return _problems.Count == 0;
    }

    private async Task DoAsync(Func<Task> deed, string done, string? detail)
    {
        try
        {
            await deed();
            Toasts.Confirm(done, detail);
            Navigation.NavigateTo(Address(null));
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
        }
        await _page!.ReloadAsync();
    }
}
