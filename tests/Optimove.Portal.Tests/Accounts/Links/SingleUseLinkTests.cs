using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Optimove.Portal.Accounts;
using Optimove.Portal.Accounts.Links;
using Optimove.Portal.Accounts.Mail;
using Optimove.Portal.Accounts.Users;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Accounts.Links;

public sealed partial class SingleUseLinkTests(PortalApp app) : IClassFixture<PortalApp>
{
    private const string NewPassword = "another good password";

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_a_link_that_works_once()
    {
        var person = await app.AddPersonAsync("forgetful@acme.example", UserRole.Marketer, await AcmeAsync());
        await AskForLinkAsync(person.Email!);
        var link = await LinkToAsync(person.Email!, "A new password");
        var browser = app.Open();
        Assert.Contains("is saved", await (await browser.SubmitAsync(link, "reset", Twice(NewPassword))).TextAsync());
        Assert.Contains(ResetPassword.Dead, await (await app.Open().SubmitAsync(link, "reset", Twice("yet another password"))).TextAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await SignInAsync(person.Email!, NewPassword)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SignInAsync(person.Email!, PortalApp.Password)).StatusCode);
        Assert.Contains("person.password-reset", await app.AuditAsync("acme"));
    }

    [Fact]
    public async Task Nobody_learns_which_addresses_have_an_account()
    {
        var unknown = await AskForLinkAsync("nobody@nowhere.example");
        Assert.Equal(await AskForLinkAsync("reader@acme.example"), unknown);
        Assert.Contains("If this address has an account", unknown);
        Assert.DoesNotContain(await LettersAsync(), l => l.To == "nobody@nowhere.example");
    }

    [Fact]
    public async Task An_invited_person_chooses_a_password_once_and_is_in()
    {
        var link = await InviteAsync("newcomer@acme.example");
        var browser = app.Open();
        Assert.Contains("Welcome, Newcomer", await browser.ReadAsync(link));
        Assert.Contains("12 characters", await (await browser.SubmitAsync(link, "invitation", Twice("short"))).TextAsync());
        Assert.Contains("differ", await (await browser.SubmitAsync(link, "invitation", new() { ["Form.Password"] = NewPassword, ["Form.Again"] = NewPassword + "x" })).TextAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SubmitAsync(link, "invitation", Twice(NewPassword))).StatusCode);
        Assert.Equal("/acme", (await browser.GetAsync("/")).Headers.Location?.ToString());
        Assert.Contains("no longer works", await app.Open().ReadAsync(link));
        Assert.Contains("person.joined", await app.AuditAsync("acme"));
    }

    [Fact]
    public async Task A_dead_invitation_says_so_and_offers_a_new_one()
    {
        var link = await InviteAsync("late@acme.example");
        // What seven days do to a token, a torn one shows at once.
        var torn = link[..^6];
        var browser = app.Open();
        Assert.Contains(AcceptInvitation.Dead, await browser.ReadAsync(torn));
        Assert.Contains("on its way", await (await browser.SubmitAsync(torn, "renew", [])).TextAsync());
        Assert.Equal(2, (await LettersAsync()).Count(l => l.To == "late@acme.example"));
    }

    [Fact]
    public async Task A_link_of_one_person_does_not_open_the_account_of_another()
    {
        var mine = await InviteAsync("mine@acme.example");
        await InviteAsync("yours@acme.example");
        var other = await app.Database.AskAsync<int>("select id from users where email = 'yours@acme.example'");
        Assert.Contains("no longer works", await app.Open().ReadAsync(PersonOfLink().Replace(mine, $"person={other}")));
    }

    private async Task<string> InviteAsync(string email)
    {
        await using var scope = await app.EnterAsync("admin@acme.example", "acme");
        await scope.ServiceProvider.GetRequiredService<InviteUser>().RunAsync("Newcomer", email, UserRole.Marketer, TestContext.Current.CancellationToken);
        return await LinkToAsync(email, "Your account");
    }

    private async Task<string> AskForLinkAsync(string email) =>
        Token().Replace(await (await app.Open().SubmitAsync("/account/forgotten-password", "forgotten", new() { ["Form.Email"] = email })).TextAsync(), "");

    private async Task<string> LinkToAsync(string email, string subject)
    {
        Letter? letter = null;
        await Eventually.Async(async () => (letter = (await LettersAsync()).FirstOrDefault(l => l.To == email && l.Subject.StartsWith(subject, StringComparison.Ordinal))) is not null, what: "the mail");
        return new Uri(letter!.Link!).PathAndQuery;
    }

    private async Task<IReadOnlyList<Letter>> LettersAsync()
    {
        var letters = new List<Letter>();
        if (!Directory.Exists(app.MailFolder)) return letters;
        foreach (var file in Directory.GetFiles(app.MailFolder, "*.json"))
            letters.Add(JsonSerializer.Deserialize<KeptLetter>(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!.Letter);
        return letters;
    }

    private Task<HttpResponseMessage> SignInAsync(string email, string password) =>
        app.Open().SubmitAsync("/sign-in", "sign-in", new() { ["Form.Email"] = email, ["Form.Password"] = password });

    private async Task<int> AcmeAsync() => await app.Database.AskAsync<int>("select id from tenants where slug = 'acme'");

    private static Dictionary<string, string> Twice(string password) => new() { ["Form.Password"] = password, ["Form.Again"] = password };

    [GeneratedRegex("value=\"[^\"]{40,}\"|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Token();

    [GeneratedRegex(@"person=\d+")]
    private static partial Regex PersonOfLink();
}
