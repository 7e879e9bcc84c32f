using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Optimove.Portal.Data.Embedded;

namespace Optimove.Portal.Tests.Data.Embedded;

public sealed class DevelopmentDatabaseTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "optimove-embedded-" + Guid.NewGuid().ToString("N")[..8]);

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_development_portal_starts_a_server_and_keeps_its_key()
    {
        var (first, second) = (Builder("Development"), Builder("Development"));
        await using (await DevelopmentDatabase.StartUnlessConfiguredAsync(first)) { }
        await using var server = await DevelopmentDatabase.StartUnlessConfiguredAsync(second);
        Assert.Equal(server!.ConnectionString, second.Configuration.GetConnectionString("Portal"));
        Assert.Equal(32, Convert.FromBase64String(second.Configuration["Portal:Key"]!).Length);
        Assert.Equal(first.Configuration["Portal:Key"], second.Configuration["Portal:Key"]);
    }

    [Fact]
    public async Task A_configured_server_is_used_as_it_is()
    {
        var builder = Builder("Development");
        builder.Configuration["ConnectionStrings:Portal"] = "Host=db";
        Assert.Null(await DevelopmentDatabase.StartUnlessConfiguredAsync(builder));
        Assert.False(Directory.Exists(_folder));
    }

    [Theory]
    [InlineData(null, "key", "ConnectionStrings__Portal")]
    [InlineData("Host=db", null, "Portal__Key")]
    public async Task Production_refuses_to_start_without_server_or_key(string? server, string? key, string named)
    {
        var builder = Builder("Production");
        builder.Configuration["ConnectionStrings:Portal"] = server;
        builder.Configuration["Portal:Key"] = key;
        var refused = await Assert.ThrowsAsync<RefusedException>(() => DevelopmentDatabase.StartUnlessConfiguredAsync(builder));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder));
    }

    private WebApplicationBuilder Builder(string environment)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration["Database:Folder"] = _folder;
        builder.Configuration["Database:Throwaway"] = "true";
        return builder;
    }
}
