using Microsoft.AspNetCore.Components;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Overlays;

namespace Optimove.Portal.Shell;

/// <summary>What most pages of a client need: the client, the person, the clock, and a way to say that something was refused.</summary>
public abstract class TenantPage : ComponentBase
{
    [Parameter] public string Slug { get; set; } = "";

    [Inject] private TenantContext Context { get; set; } = default!;
    [Inject] private Actor Actor { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] protected Toasts Toasts { get; set; } = default!;
    [Inject] protected NavigationManager Navigation { get; set; } = default!;

    protected TenantScope Tenant => Context.Current;
    protected TimeZoneInfo Zone => Tenant.Zone;
    protected DateTimeOffset Now => Clock.GetUtcNow();
    protected bool MayEdit => Actor.MayEdit(Now);
    protected bool IsStaff => Actor.IsStaff;

    /// <summary>Does something that may be refused; says the refusal in its own words.</summary>
    /// <returns>Whether it was done.</returns>
    protected async Task<bool> TryAsync(Func<Task> deed)
    {
        try
        {
            await deed();
            return true;
        }
        catch (Exception e) when (e is RefusedException or ProviderException)
        {
            Toasts.Fail(e.Message);
            return false;
        }
    }
}
