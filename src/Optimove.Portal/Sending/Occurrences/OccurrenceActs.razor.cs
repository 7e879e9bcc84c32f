using System.Globalization;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Sending.Deciding;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Overlays;

namespace Optimove.Portal.Sending.Occurrences;

public sealed partial class OccurrenceActs
{
    private bool _busy;

    [Parameter, EditorRequired] public required Occurrence Occurrence { get; set; }
    /// <summary>Minutes between the provider's possible send times.</summary>
    [Parameter] public int GridMinutes { get; set; } = 1;
    [Parameter, EditorRequired] public required TenantScope Tenant { get; set; }
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }
    [Parameter] public bool MayEdit { get; set; }
    [Parameter] public bool Small { get; set; }
    [Parameter] public EventCallback OnDone { get; set; }

    [Inject] private FinishRest FinishRest { get; set; } = default!;
    [Inject] private AskNow AskNow { get; set; } = default!;
    [Inject] private SettleUnknown Settle { get; set; } = default!;
    [Inject] private TryAgain TryAgain { get; set; } = default!;
    [Inject] private SkipOccurrence Skip { get; set; } = default!;
    [Inject] private SendToday Send { get; set; } = default!;
    [Inject] private Confirmations Confirmations { get; set; } = default!;
    [Inject] private Toasts Toasts { get; set; } = default!;

    private string? Css => Small ? "sm" : null;
    /// <summary>Whether there is anything to decide.</summary>
    public static bool Has(Occurrence o) => o is { CancelledAt: null, State: OccurrenceState.Missed or OccurrenceState.Held or OccurrenceState.Incomplete };

    private TimeOnly? Soonest => SendToday.Soonest(Now, GridMinutes, Tenant.Zone);
    private string Name => Occurrence.Campaign.Name;
    private string People => Occurrence.ListedAt is null ? "Its list is made first" : Format.Count(Occurrence.ToSend, "person", "people") + " get it";

    private async Task SendTodayAsync(TimeOnly time)
    {
        var at = time.ToString("HH:mm", CultureInfo.InvariantCulture);
        var deed = new Deed($"Send {Name} today at {at}?", $"{People}. Nobody is written to twice: what the provider has already taken is not handed over again.", $"Send today, {at}") { Red = false, Keep = "Not now" };
        if (await Confirmations.AskAsync(deed) is not null) await DoAsync(() => Send.RunAsync(Occurrence.Id, time), $"{Name} goes out at {at}");
    }

    private async Task SkipAsync()
    {
        var deed = new Deed($"Skip {Name}?", "It does not go out any more. The campaign can be copied and sent another day.", "Skip it") { Keep = "Keep it waiting" };
        if (await Confirmations.AskAsync(deed) is not null) await DoAsync(() => Skip.RunAsync(Occurrence.Id), $"{Name} is skipped");
    }

    private string Unsure => Format.Count(Occurrence.Unknown, "person", "people");

    private async Task CountAsSentAsync()
    {
        var deed = new Deed($"Count {Unsure} as sent?", "Nothing is sent to them again. Do this once you have seen at the provider that the message went out.", "Count them as sent") { Red = false, Keep = "Leave them open" };
        if (await Confirmations.AskAsync(deed) is not null) await DoAsync(() => Settle.RunAsync(Occurrence.Id, sent: true), $"{Unsure} counted as sent");
    }

    private async Task HandOverAgainAsync()
    {
        var deed = new Deed($"Hand {Unsure} over again?", "Whoever has the message after all gets it twice. Do this only once you have seen at the provider that it did not go out.", "Hand over again") { Keep = "Leave them open" };
        if (await Confirmations.AskAsync(deed) is not null) await DoAsync(() => Settle.RunAsync(Occurrence.Id, sent: false), $"{Unsure} handed over again");
    }

    private async Task DoAsync(Func<Task> deed, string done)
    {
        _busy = true;
        try
        {
            await deed();
            Toasts.Confirm(done);
        }
        catch (RefusedException e)
        {
            Toasts.Fail(e.Message);
        }
        _busy = false;
        await OnDone.InvokeAsync();
    }
}
