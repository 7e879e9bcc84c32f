using Microsoft.AspNetCore.Components;
using Optimove.Portal.Twins;

namespace Optimove.Portal.Shell.Demo;

public sealed partial class TwinPage : IDisposable
{
    private const int Shown = 60;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private ITimer? _timer;

    [Inject] private IServiceProvider Services { get; set; } = default!;
    [Inject] private IHostEnvironment Environment { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    /// <summary>The campaign that is open.</summary>
    [SupplyParameterFromQuery] private string? Campaign { get; set; }

    private TwinWorld? World => Environment.IsDevelopment() ? Services.GetService<TwinWorld>() : null;

    protected override void OnInitialized()
    {
        if (World is null) Navigation.NotFound();
        // A page for a person at this machine: the clock that counts is the machine's, not the portal's, which may be moved.
        else _timer = TimeProvider.System.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, Every, Every);
    }

    private string AddressOf(string? campaign) => Navigation.GetUriWithQueryParameter("campaign", campaign);

    internal static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM, HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose() => _timer?.Dispose();
}
