using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Accounts;
using Optimove.Portal.Accounts.Visits;
using Optimove.Portal.Tests.Testing;
using Optimove.Portal.Ui;

namespace Optimove.Portal.Tests.Ui;

/// <summary>A renderer with the shared components' services and a clock that stands.</summary>
public abstract class UiContext : BunitContext
{
    /// <param name="more">Services of the stage whose components are drawn.</param>
    protected UiContext(Action<IServiceCollection>? more = null)
    {
        more?.Invoke(Services);
        Services.AddUi();
        Services.AddSingleton<TimeProvider>(Clock);
        // The band of a staff visit has buttons for these.
        Services.AddSingleton<RecordedChange>().AddScoped<LeaveClient>().AddScoped<TakeEditRights>().AddScoped<GiveBackEditRights>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new("Server", isInteractive: true));
    }

    protected ManualTimeProvider Clock { get; } = new("2026-06-17 07:12");
}
