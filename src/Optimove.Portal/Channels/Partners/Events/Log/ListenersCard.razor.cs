using Microsoft.AspNetCore.Components;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Icons;
using Optimove.Portal.Ui.Overlays;

namespace Optimove.Portal.Channels.Partners.Events.Log;

public sealed partial class ListenersCard
{
    private IReadOnlyList<ListenerLine> _listeners = [];
    private IReadOnlyList<EventDelivery> _notices = [];
    private int? _busy;

    [Inject] private NoticeQueries Queries { get; set; } = default!;
    [Inject] private TryListener Try { get; set; } = default!;
    [Inject] private ReplayNotice Replay { get; set; } = default!;
    [Inject] private RunCheck Check { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;
    [Parameter, EditorRequired] public int ConnectionId { get; set; }
    [Parameter, EditorRequired] public required TimeZoneInfo Zone { get; set; }
    [Parameter] public bool MayEdit { get; set; }
    /// <summary>Something was tried: what the checklist says may have changed.</summary>
    [Parameter] public EventCallback OnTried { get; set; }

    protected override async Task OnParametersSetAsync() => await ReadAsync();

    private async Task ReadAsync() => (_listeners, _notices) = (await Queries.ListenersAsync(ConnectionId), await Queries.LatestAsync(ConnectionId));

    private async Task TryAsync(EventListener listener)
    {
        _busy = listener.Id;
        try
        {
            var told = await Try.RunAsync(listener.Id);
            if (told.Fault is null) Toasts.Confirm("The listener took it", $"It answered {told.Status} after {told.TookMs} ms.");
            else Toasts.Fail(told.Fault);
            await Check.RunAsync(ConnectionId, Providers.Partner.PartnerProvider.Listener);
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
        }
        finally
        {
            _busy = null;
        }
        await ReadAsync();
        await OnTried.InvokeAsync();
    }

    private async Task ReplayAsync(EventDelivery notice)
    {
        var deed = new Deed("Tell the listener again?", "A partner that does not notice the repetition may send the campaign twice. Ask the partner first when a campaign is concerned.", "Tell again");
        if (await Confirmations.AskAsync(deed) is null) return;
        try
        {
            await Replay.RunAsync(notice.Id);
            Toasts.Confirm("It is on its way again");
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
        }
        await ReadAsync();
    }

    private static string Outcome(EventDelivery notice) => notice switch
    {
        { DeliveredAt: not null } => $"Taken, {notice.Status}",
        { GivenUpAt: not null } => "Not taken",
        { Tries: 0 } => "Waiting",
        _ => "Tried again",
    };

    private static Glyph Mark(EventDelivery notice) => notice switch
    {
        { DeliveredAt: not null } => Glyph.TickCircle,
        { GivenUpAt: not null } => Glyph.XCircle,
        _ => Glyph.Clock,
    };

    private static string Tone(EventDelivery notice) => notice switch
    {
        { DeliveredAt: not null } => "good",
        { GivenUpAt: not null } => "bad",
        { Tries: 0 } => "",
        _ => "warn",
    };
}
