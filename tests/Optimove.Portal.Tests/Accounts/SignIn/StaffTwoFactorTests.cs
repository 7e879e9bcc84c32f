using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Optimove.Portal.Accounts.SignIn;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Accounts.SignIn;

/// <summary>The portal as production runs it: staff need two factors, cookies travel over HTTPS only, posts of passwords are limited.</summary>
public sealed partial class StaffTwoFactorTests(PortalApp app) : IClassFixture<PortalApp>, IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> _production = app.Start("Production");

    [Fact]
    public async Task Staff_set_up_two_factors_before_anything_else_and_need_both_from_then_on()
    {
        var browser = await SignInAsync("chief@staff.example");
        Assert.Equal("/account/two-factor", (await browser.GetAsync("/")).Headers.Location?.ToString());
        Assert.StartsWith("/account/two-factor", (await browser.GetAsync("/staff/clients")).Headers.Location?.ToString());
        var page = await browser.ReadAsync("/account/two-factor");
        var key = Key().Match(page).Groups[1].Value;
        Assert.Contains("is not the code", await (await browser.SubmitAsync("/account/two-factor", "on", new() { ["On.Code"] = "000000" })).TextAsync());
        var codes = RecoveryCode().Matches(await (await browser.SubmitAsync("/account/two-factor", "on", new() { ["On.Code"] = Totp(key) })).TextAsync()).Select(m => m.Value).Distinct().ToList();
        Assert.Equal(10, codes.Count);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/staff/clients")).StatusCode);

        Assert.Equal(HttpStatusCode.Redirect, (await SecondStepAsync(key, codes[0], recovery: true)).StatusCode);
        Assert.Contains(SignInWithCode.Refusal, await (await SecondStepAsync(key, codes[0], recovery: true)).TextAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await SecondStepAsync(key, Totp(key), recovery: false)).StatusCode);
        Assert.DoesNotContain("Turn off", await browser.ReadAsync("/account/two-factor"));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync("/account/two-factor", "off", new() { ["Off.Password"] = PortalApp.Password })).StatusCode);
        Assert.True(await app.Database.AskAsync<bool>("select two_factor_enabled from users where email = 'chief@staff.example'"));
    }

    [Fact]
    public async Task A_session_cookie_is_out_of_reach_of_scripts_and_plain_connections()
    {
        var answer = await Open().SubmitAsync("/sign-in", "sign-in", new() { ["Form.Email"] = "reader@acme.example", ["Form.Password"] = PortalApp.Password });
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("portal=", StringComparison.Ordinal));
        Assert.Contains("secure", cookie);
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
    }

    [Fact]
    public async Task Production_lists_no_demo_accounts()
    {
        await app.AddPersonAsync("somebody" + DemoAccounts.Domain, Portal.Accounts.UserRole.Marketer, await app.Database.AskAsync<int>("select id from tenants where slug = 'acme'"));
        Assert.DoesNotContain(DemoAccounts.Domain, await Open().ReadAsync("/sign-in"));
        Assert.Contains("somebody" + DemoAccounts.Domain, await app.Open().ReadAsync("/sign-in"));
    }

    [Fact]
    public async Task The_twenty_first_password_within_a_minute_from_one_address_is_not_looked_at()
    {
        await using var host = app.Start("Production");
        var browser = new Browser(host.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://localhost") }));
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 21; i++) answers.Add((await browser.PostAsync("/sign-in", [])).StatusCode);
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, answers[..20]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[20]);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/sign-in")).StatusCode);
    }

    public ValueTask DisposeAsync() => _production.DisposeAsync();

    private Browser Open() => new(_production.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://localhost") }));

    private async Task<Browser> SignInAsync(string email)
    {
        var browser = Open();
        await browser.SubmitAsync("/sign-in", "sign-in", new() { ["Form.Email"] = email, ["Form.Password"] = PortalApp.Password });
        return browser;
    }

    private async Task<HttpResponseMessage> SecondStepAsync(string key, string code, bool recovery)
    {
        var browser = Open();
        var first = await browser.SubmitAsync("/sign-in", "sign-in", new() { ["Form.Email"] = "chief@staff.example", ["Form.Password"] = PortalApp.Password });
        Assert.StartsWith("https://localhost/sign-in/two-factor", first.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/staff/clients")).StatusCode);
        return await browser.SubmitAsync($"/sign-in/two-factor?recovery={(recovery ? "true" : "false")}", "code", new() { ["Form.Code"] = code });
    }

    // RFC 6238 with the defaults of authenticator apps: SHA-1, 30 seconds, six digits.
    private static string Totp(string key)
    {
        var bits = string.Concat(key.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
        var hash = HMACSHA1.HashData(secret, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("secret=([A-Z2-7]+)")]
    private static partial Regex Key();

    [GeneratedRegex("[0-9A-Z]{5}-[0-9A-Z]{5}")]
    private static partial Regex RecoveryCode();
}
