using Microsoft.AspNetCore.Components;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Overlays;

namespace Optimove.Portal.Sending.Triggers.Handover;

public sealed partial class HandoverCard
{
    private HandoverView? _view;
    private bool _busy;

    [Inject] private HandoverQueries Queries { get; set; } = default!;
    [Inject] private DecideUnknownSends Decide { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [Parameter, EditorRequired] public int CampaignId { get; set; }
    /// <summary>Name of the connection.</summary>
    [Parameter, EditorRequired] public required string Channel { get; set; }
    [Parameter, EditorRequired] public required string Slug { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter] public bool MayEdit { get; set; }

    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        _view = await Queries.ReadAsync(CampaignId);
        StateHasChanged();
    }

    private string Whom(LostMessage? message) => message?.CustomerId ?? Format.Count(_view!.Unknown, "customer");

    private async Task SendAgainAsync(LostMessage? message)
    {
        var deed = new Deed($"Send again to {Whom(message)}?", "Whoever has the message after all gets it twice. Do this only once you have seen at the provider that it did not go out.", "Send again") { Keep = "Decide later" };
        if (await Confirmations.AskAsync(deed) is not null) await DoAsync(message, again: true, $"Sent again to {Whom(message)}");
    }

    private async Task LeaveAsync(LostMessage? message)
    {
        var deed = new Deed($"Leave the message to {Whom(message)}?", "It counts as given up and is not sent again. It may have arrived all the same.", "Leave it") { Keep = "Decide later", Red = false };
        if (await Confirmations.AskAsync(deed) is not null) await DoAsync(message, again: false, $"The message to {Whom(message)} is left as it is");
    }

    private async Task DoAsync(LostMessage? message, bool again, string done)
    {
        _busy = true;
        try
        {
            await Decide.RunAsync(CampaignId, message?.Id, again);
            Toasts.Confirm(done);
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
        }
        _busy = false;
        await ReadAsync();
    }

    private static string AtMost(long count) => count >= HandoverQueries.MostCounted ? $"{Format.Number(HandoverQueries.MostCounted)} or more" : Format.Number(count);
}
