using System.Globalization;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Campaigns.Reach;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Campaigns.Wizard;

/// <summary>The control share with what it can prove, live while the slider moves; saved when it is let go.</summary>
public sealed partial class ControlCard
{
    private double _share;
    private decimal _given = -1;
    private double? _lift;

    /// <summary>The saved share, 0 to 0.25.</summary>
    [Parameter, EditorRequired] public decimal Share { get; set; }
    /// <summary>Null until a group is chosen and counted.</summary>
    [Parameter] public AudienceFacts? Facts { get; set; }
    [Parameter] public Kpi Kpi { get; set; }
    [Parameter] public string Currency { get; set; } = "EUR";
    [Parameter] public string? Problem { get; set; }
    [Parameter] public EventCallback<decimal> OnChange { get; set; }

    private string Percent => (_share * 100).ToString("0.##", CultureInfo.InvariantCulture);

    private double Lift => _lift ?? Facts?.Usual?.Lift ?? ControlPower.AssumedLift;

    private ControlPower Power => new(Facts!.Reach.Reachable, Facts.Base, Lift);

    private string Basis => $"{Format.Percent(Facts!.Base.Rate)} of this group bought within {Format.Count(Facts.Base.Days, "day")} without a campaign. "
        + (Facts.Usual?.Basis ?? $"A lift of {Format.ShortPercent(ControlPower.AssumedLift)} is assumed; write what your campaigns usually bring.");

    protected override void OnParametersSet()
    {
        if (Share == _given) return;
        (_given, _share) = (Share, (double)Share);
    }

    private void Move(object? value)
    {
        if (Read(value) is { } share) _share = (double)share;
    }

    private async Task SaveAsync(object? value)
    {
        if (Read(value) is not { } share) return;
        _share = (double)share;
        await OnChange.InvokeAsync(share);
    }

    private void SetLift(object? value) => _lift = Read(value) is { } lift and > 0 and <= 10 ? (double)lift : null;

    private static decimal? Read(object? value) =>
        decimal.TryParse(value?.ToString()?.Replace(',', '.').TrimEnd('%', ' '), NumberStyles.Number, CultureInfo.InvariantCulture, out var per) ? per / 100 : null;
}
