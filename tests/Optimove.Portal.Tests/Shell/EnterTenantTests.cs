using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Accounts.Clients;
using Optimove.Portal.Accounts.Settings;
using Optimove.Portal.Shell;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Shell;

/// <summary>The gate before every page of a circuit.</summary>
public sealed class EnterTenantTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string Inside = "the page";

    [Fact]
    public async Task A_page_of_ones_own_client_is_drawn_after_the_client_is_entered()
    {
        await using var circuit = await CircuitAsync("marketer@acme.example");
        Assert.Equal(Inside, circuit.Draw("acme/settings", typeof(SettingsPage)));
        Assert.Equal("acme", circuit.Tenant.Current.Slug);
    }

    [Theory]
    [InlineData("globex/settings")]
    [InlineData("nobody/settings")]
    public async Task A_page_of_somebody_else_is_not_found(string address)
    {
        await using var circuit = await CircuitAsync("marketer@acme.example");
        Assert.Contains("There is nothing at this address", circuit.Draw(address, typeof(SettingsPage)), StringComparison.Ordinal);
        Assert.False(circuit.Tenant.IsEntered);
    }

    [Theory]
    [InlineData("globex/settings", typeof(SettingsPage))]
    [InlineData("staff/clients", typeof(ClientsPage))]
    public async Task Leaving_a_client_within_a_circuit_is_a_full_load(string address, Type page)
    {
        await using var circuit = await CircuitAsync("marketer@acme.example");
        circuit.Draw("acme/settings", typeof(SettingsPage));
        Assert.DoesNotContain(Inside, circuit.Draw(address, page), StringComparison.Ordinal);
        Assert.True(circuit.LastNavigation.Options.ForceLoad);
        Assert.EndsWith(address, circuit.LastNavigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_was_signed_out_meanwhile_is_led_to_sign_in()
    {
        await using var circuit = await CircuitAsync(null);
        Assert.DoesNotContain(Inside, circuit.Draw("acme/settings", typeof(SettingsPage)), StringComparison.Ordinal);
        Assert.Contains("/sign-in", circuit.LastNavigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_without_a_client_need_none()
    {
        await using var circuit = await CircuitAsync("csm@staff.example");
        Assert.Equal(Inside, circuit.Draw("staff/clients", typeof(ClientsPage)));
        Assert.False(circuit.Tenant.IsEntered);
    }

    private async Task<Circuit> CircuitAsync(string? email) => new(app.Services.CreateAsyncScope(), email is null ? new() : await app.PersonAsync(email));

    private sealed class Circuit : IAsyncDisposable
    {
        private readonly BunitContext _bunit = new();
        private readonly AsyncServiceScope _scope;
        private readonly System.Security.Claims.ClaimsPrincipal _person;

        public Circuit(AsyncServiceScope scope, System.Security.Claims.ClaimsPrincipal person)
        {
            (_scope, _person) = (scope, person);
            _bunit.Services.AddFallbackServiceProvider(new Fallback(scope.ServiceProvider));
        }

        public TenantContext Tenant => _scope.ServiceProvider.GetRequiredService<TenantContext>();
        public NavigationHistory LastNavigation => ((BunitNavigationManager)_bunit.Services.GetRequiredService<NavigationManager>()).History.First();

        public string Draw(string address, Type page)
        {
            var navigation = _bunit.Services.GetRequiredService<NavigationManager>();
            if (navigation.ToBaseRelativePath(navigation.Uri) != address) navigation.NavigateTo(address);
            var drawn = _bunit.Render<EnterTenant>(p => p
                .AddCascadingValue(Task.FromResult(new AuthenticationState(_person)))
                .Add(e => e.Route, new RouteData(page, new Dictionary<string, object?>())).AddChildContent(Inside));
            drawn.WaitForState(() => drawn.Markup.Length > 0 || LastNavigation.Options.ForceLoad, TimeSpan.FromSeconds(10));
            return drawn.Markup;
        }

        public async ValueTask DisposeAsync()
        {
            await _bunit.DisposeAsync();
            await _scope.DisposeAsync();
        }

        // Only what belongs to the tenant comes from the portal; the renderer keeps its own.
        private sealed class Fallback(IServiceProvider portal) : IServiceProvider
        {
            public object? GetService(Type type) => type.Namespace?.StartsWith("Optimove.", StringComparison.Ordinal) == true ? portal.GetService(type) : null;
        }
    }
}
