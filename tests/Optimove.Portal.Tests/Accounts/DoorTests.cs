using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Accounts;
using Optimove.Portal.Accounts.Clients;
using Optimove.Portal.Accounts.SignIn;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Accounts;

public sealed class DoorTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Another_client_and_no_client_are_the_same_404()
    {
        var browser = await app.OpenAsAsync("marketer@acme.example");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/acme/settings/users")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/globex/settings/users")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/nobody/settings/users")).StatusCode);
    }

    [Theory]
    [InlineData("/acme/settings/users")]
    [InlineData("/globex/settings")]
    [InlineData("/staff/portfolio")]
    [InlineData("/staff/clients")]
    [InlineData("/account")]
    public async Task A_stranger_is_led_to_sign_in_whatever_the_address(string address)
    {
        var answer = await app.Open().GetAsync(address);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/sign-in?returnUrl=", answer.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("/staff/portfolio")]
    [InlineData("/staff/clients")]
    [InlineData("/staff/clients/new")]
    [InlineData("/staff/people")]
    public async Task People_of_a_client_see_no_staff_page(string address) =>
        Assert.Equal("/forbidden", (await (await app.OpenAsAsync("admin@acme.example")).GetAsync(address)).Headers.Location?.ToString());

    [Fact]
    public async Task A_customer_success_manager_sees_no_page_of_staff_admins()
    {
        var browser = await app.OpenAsAsync("csm@staff.example");
        Assert.Equal("/forbidden", (await browser.GetAsync("/staff/clients/new")).Headers.Location?.ToString());
        Assert.Equal("/forbidden", (await browser.GetAsync("/staff/people")).Headers.Location?.ToString());
    }

    [Fact]
    public async Task Roles_say_who_may_edit_and_who_may_administrate()
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (email, edit, administrate) in new[] { ("marketer@acme.example", true, false), ("reader@acme.example", false, false), ("admin@acme.example", true, true) })
        {
            await using var scope = await app.EnterAsync(email, "acme");
            var actor = scope.ServiceProvider.GetRequiredService<Actor>();
            Assert.Equal((edit, administrate), (actor.MayEdit(now), actor.MayAdministrate(now)));
        }
    }

    [Fact]
    public async Task A_suspended_client_lets_nobody_of_it_in_until_it_is_resumed()
    {
        var chief = await app.PersonAsync("chief@staff.example");
        var paused = await app.AddClientAsync("paused", "Paused");
        await app.AddPersonAsync("who@paused.example", UserRole.ClientAdmin, paused.Id);
        var browser = await app.OpenAsAsync("who@paused.example");
        await app.DoAsync<SuspendClient>(s => s.RunAsync(chief, "paused", "Contract paused"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/paused/settings")).StatusCode);
        Assert.False(await app.MayEnterAsync("who@paused.example", "paused"));
        Assert.Contains(SignInPerson.Refusal, await (await app.Open().SubmitAsync("/sign-in", "sign-in", new() { ["Form.Email"] = "who@paused.example", ["Form.Password"] = PortalApp.Password })).TextAsync());
        await app.DoAsync<ResumeClient>(r => r.RunAsync(chief, "paused"));
        Assert.True(await app.MayEnterAsync("who@paused.example", "paused"));
        Assert.Equal(["person.signed-in", "client.suspended", "client.resumed"], await app.AuditAsync("paused"));
    }

    [Fact]
    public async Task Whoever_is_closed_out_leaves_the_open_page_within_a_minute()
    {
        var person = await app.AddPersonAsync("leaver@acme.example", UserRole.Marketer, await app.Database.AskAsync<int>("select id from tenants where slug = 'acme'"));
        var before = await app.PersonAsync(person.Email!);
        Assert.True(await MayStayAsync(before, "acme"));
        Assert.False(await MayStayAsync(before, "globex"));
        await app.Database.RunAsync("update users set security_stamp = 'changed' where email = 'leaver@acme.example'");
        Assert.False(await MayStayAsync(before, "acme"));
    }

    private async Task<bool> MayStayAsync(System.Security.Claims.ClaimsPrincipal person, string slug)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await CircuitPerson.MayStayAsync(scope.ServiceProvider, person, slug, TestContext.Current.CancellationToken);
    }
}
