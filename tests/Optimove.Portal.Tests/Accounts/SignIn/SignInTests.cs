using System.Net;
using Optimove.Portal.Accounts;
using Optimove.Portal.Accounts.SignIn;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Accounts.SignIn;

public sealed class SignInTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task A_marketer_signs_in_and_begins_at_Mission_Control()
    {
        var browser = await app.OpenAsAsync("marketer@acme.example");
        Assert.Equal("/acme", (await browser.GetAsync("/")).Headers.Location?.ToString());
        Assert.Contains("person.signed-in", await app.AuditAsync("acme"));
        Assert.NotNull(await app.Database.AskAsync<DateTime?>("select last_sign_in_at from users where email = 'marketer@acme.example'"));
    }

    [Fact]
    public async Task Staff_begin_at_their_portfolio()
    {
        var browser = await app.OpenAsAsync("csm@staff.example");
        Assert.Equal("/staff/portfolio", (await browser.GetAsync("/")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/staff/portfolio")).StatusCode);
    }

    [Theory]
    [InlineData("marketer@acme.example", "not the password")]
    [InlineData("nobody@acme.example", "not the password")]
    [InlineData("invited@acme.example", "")]
    public async Task An_unknown_address_and_a_wrong_password_get_the_same_answer(string email, string password)
    {
        await app.Database.RunAsync("""
            insert into users (full_name, tenant_id, role, created_at, user_name, normalized_user_name, email, normalized_email, email_confirmed, security_stamp, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            values ('Invited', (select id from tenants where slug = 'acme'), 'Marketer', now(), 'invited@acme.example', 'INVITED@ACME.EXAMPLE', 'invited@acme.example', 'INVITED@ACME.EXAMPLE', false, 'x', false, false, true, 0) on conflict do nothing
            """);
        var answer = await app.Open().SubmitAsync("/sign-in", "sign-in", new() { ["Form.Email"] = email, ["Form.Password"] = password.Length > 0 ? password : PortalApp.Password });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(SignInPerson.Refusal, await answer.TextAsync());
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_against_the_right_one()
    {
        var person = await app.AddPersonAsync("locked@acme.example", UserRole.Marketer, await TenantIdAsync("acme"));
        for (var i = 0; i < 5; i++) await SignInAsync(person.Email!, "wrong wrong wrong");
        Assert.Contains(SignInPerson.Refusal, await (await SignInAsync(person.Email!, PortalApp.Password)).TextAsync());
        Assert.Contains("person.locked-out", await app.AuditAsync("acme"));
        await app.Database.RunAsync("update users set lockout_end = now() - interval '1 minute' where email = 'locked@acme.example'");
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(person.Email!, PortalApp.Password)).StatusCode);
    }

    [Fact]
    public async Task A_closed_account_cannot_sign_in()
    {
        await app.AddPersonAsync("closed@acme.example", UserRole.Marketer, await TenantIdAsync("acme"));
        await app.Database.RunAsync("update users set disabled_at = now() where email = 'closed@acme.example'");
        Assert.Contains(SignInPerson.Refusal, await (await SignInAsync("closed@acme.example", PortalApp.Password)).TextAsync());
    }

    [Fact]
    public async Task After_sign_in_only_addresses_of_this_portal_are_followed()
    {
        Assert.Equal("https://localhost/acme/settings", (await SignInAsync("marketer@acme.example", PortalApp.Password, "/sign-in?returnUrl=%2Facme%2Fsettings")).Headers.Location?.ToString());
        Assert.Equal("https://localhost/", (await SignInAsync("marketer@acme.example", PortalApp.Password, "/sign-in?returnUrl=https%3A%2F%2Fevil.example")).Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("/acme?x=1", true)]
    [InlineData("//evil.example", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("/a\r\nb", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_local_address_stays_and_every_other_is_dropped(string? url, bool local) => Assert.Equal(local ? url : null, LocalUrl.OrNull(url));

    [Fact]
    public async Task Signing_out_needs_the_form_and_ends_the_session()
    {
        var browser = await app.OpenAsAsync("reader@acme.example");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/sign-out", [])).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).StatusCode);
        Assert.Equal("/sign-in", (await browser.SubmitToAsync("/account", "/sign-out")).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Open().PostAsync("/sign-in", new() { ["_handler"] = "sign-in", ["Form.Email"] = "marketer@acme.example", ["Form.Password"] = PortalApp.Password })).StatusCode);

    [Fact]
    public async Task Pages_may_not_be_framed_and_run_only_the_portals_own_scripts()
    {
        var headers = (await app.Open().GetAsync("/sign-in")).Headers;
        var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("script-src 'self';", policy);
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Referrer-Policy")));
    }

    private Task<HttpResponseMessage> SignInAsync(string email, string password, string address = "/sign-in") =>
        app.Open().SubmitAsync(address, "sign-in", new() { ["Form.Email"] = email, ["Form.Password"] = password });

    private async Task<int> TenantIdAsync(string slug) => await app.Database.AskAsync<int>($"select id from tenants where slug = '{slug}'");
}
