using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Optimove.Portal.Accounts.Mail;

namespace Optimove.Portal.Tests.Accounts.Mail;

public sealed class DemoMailTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "optimove-mail-" + Guid.NewGuid().ToString("N")[..8]);

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_page_shows_each_letter_with_its_link()
    {
        await using var app = await StartAsync();
        using var http = app.GetTestClient();
        var path = new Uri(MailFeature.DemoMailPath, UriKind.Relative);
        Assert.Contains("No mail yet", await http.GetStringAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await app.Services.GetRequiredService<Mailer>().SendAsync(new("anna@shop.example", "Invitation <1>", ["Welcome."], "Accept", "https://portal.example/x"), TestContext.Current.CancellationToken);
        var page = await http.GetStringAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains("Invitation &lt;1&gt;", page, StringComparison.Ordinal);
        Assert.Contains("To anna@shop.example", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://portal.example/x\">Accept</a>", page, StringComparison.Ordinal);
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseTestServer();
        builder.Configuration["Mail:Folder"] = _folder;
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddMail(builder.Configuration, builder.Environment);
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.MapDemoMail();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
