using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Optimove.Portal.Accounts.Mail;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Accounts.Mail;

public sealed class MailerTests : IDisposable
{
    private static readonly Letter _letter = new("anna@shop.example", "Ihre Einladung – willkommen", ["Chloé <b> invites you."], "Accept", "https://portal.example/invitation?a=1&b=2");
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "optimove-mail-" + Guid.NewGuid().ToString("N")[..8]);
    private readonly StringBuilder _log = new();

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_letter_reaches_the_mail_server_as_text_and_html()
    {
        using var server = new SmtpListener();
        await Mailer(new() { From = "portal@optimove.example", Smtp = new() { Host = "127.0.0.1", Port = server.Port, Encrypted = false } })
            .SendAsync(_letter, TestContext.Current.CancellationToken);
        var message = await server.Message;
        Assert.Contains("RCPT TO:<anna@shop.example>", message, StringComparison.Ordinal);
        Assert.Contains("text/plain", message, StringComparison.Ordinal);
        Assert.Contains("text/html", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_letter_is_told_in_words_and_the_address_stays_out_of_the_log()
    {
        using var server = new SmtpListener(refuse: true);
        var mailer = Mailer(new() { Smtp = new() { Host = "127.0.0.1", Port = server.Port, Encrypted = false } });
        var refused = await Assert.ThrowsAsync<RefusedException>(() => mailer.SendAsync(_letter, TestContext.Current.CancellationToken));
        Assert.Contains("could not be sent", refused.Message, StringComparison.Ordinal);
        Assert.Contains("did not take a letter", _log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("anna", _log + refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_in_words()
    {
        using var closed = new SmtpListener();
        var port = closed.Port;
        closed.Dispose();
        var mailer = Mailer(new() { Smtp = new() { Host = "127.0.0.1", Port = port, Encrypted = false } });
        await Assert.ThrowsAsync<RefusedException>(() => mailer.SendAsync(_letter, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_mail_server_and_a_folder_nothing_is_pretended() =>
        Assert.Contains("no mail server", (await Assert.ThrowsAsync<RefusedException>(() => Mailer(new()).SendAsync(_letter, TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Kept_letters_are_read_back_newest_first()
    {
        var clock = new ManualTimeProvider("2026-03-01 09:00");
        var options = new MailOptions { Folder = _folder };
        var mailer = Mailer(options, clock);
        await mailer.SendAsync(_letter, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromMinutes(1));
        await mailer.SendAsync(_letter with { Subject = "Second" }, TestContext.Current.CancellationToken);
        var kept = await new MailFolder(Options.Create(options), clock).ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["Second", _letter.Subject], kept.Select(k => k.Letter.Subject));
        Assert.Equal(_letter.Link, kept[1].Letter.Link);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused() =>
        await Assert.ThrowsAsync<RefusedException>(() => Mailer(new() { Smtp = new() { Host = "127.0.0.1" } }).SendAsync(_letter with { To = "anna" }, TestContext.Current.CancellationToken));

    [Fact]
    public void Words_in_html_are_encoded()
    {
        Assert.Contains("&lt;b&gt; invites", _letter.Html(), StringComparison.Ordinal);
        Assert.Contains("a=1&amp;b=2", _letter.Html(), StringComparison.Ordinal);
        Assert.Contains("Accept:\nhttps://portal.example/invitation?a=1&b=2", _letter.Text(), StringComparison.Ordinal);
    }

    private Mailer Mailer(MailOptions options, TimeProvider? clock = null)
    {
        var wrapped = Options.Create(options);
        return new(wrapped, new MailFolder(wrapped, clock ?? TimeProvider.System), new KeptLog(_log));
    }

    private sealed class KeptLog(StringBuilder into) : ILogger<Mailer>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            into.AppendLine(formatter(state, exception)).Append(exception);
    }
}
