using System.Globalization;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Shell;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Overlays;
using Optimove.Portal.Ui.States;

namespace Optimove.Portal.Channels.Partners;

public sealed partial class PartnerChannelsPage
{
    private Page<IReadOnlyList<PartnerChannelLine>>? _page;
    private IReadOnlyList<CustomerAttribute> _attributes = [];

    [Inject] private PartnerChannelQueries Queries { get; set; } = default!;
    [Inject] private AttributeQueries Attributes { get; set; } = default!;
    [Inject] private SavePartnerChannel Save { get; set; } = default!;
    [Inject] private RemovePartnerChannel Remove { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [Inject] private Actor Person { get; set; } = default!;
    /// <summary>The row of the channel that is open, or "new".</summary>
    [SupplyParameterFromQuery] private string? Open { get; set; }

    private bool MayAdministrate => Person.MayAdministrate(Now);

    private string Address(string? open) => Urls.PartnerChannels(Slug) + (open is null ? "" : $"?open={open}");

    private static string Id(PartnerChannelLine line) => line.Channel.Id.ToString(CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<PartnerChannelLine>> ReadAsync(CancellationToken cancellation)
    {
        _attributes = await Attributes.AllAsync(cancellation);
        return await Queries.ListAsync(cancellation);
    }

    private async Task SaveAsync(int? id, PartnerChannelDraft draft)
    {
        if (!await TryAsync(() => Save.RunAsync(id, draft))) return;
        Toasts.Confirm($"{draft.Name.Trim()} is saved.");
        Navigation.NavigateTo(Address(null));
        await _page!.ReloadAsync();
    }

    private async Task RemoveAsync(PartnerChannel channel)
    {
        var deed = new Deed($"Remove {channel.Name}?", "Its partner's calls about it are refused from then on, and its listeners are told nothing more. What was sent through it keeps its figures.", "Remove it");
        if (await Confirmations.AskAsync(deed) is null) return;
        if (await TryAsync(() => Remove.RunAsync(channel.Id))) Navigation.NavigateTo(Address(null));
        await _page!.ReloadAsync();
    }
}
