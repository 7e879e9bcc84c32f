using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Optimove.Portal.Data.Embedded;

namespace Optimove.Portal.Tests.Data.Embedded;

public sealed class DatabaseStartupTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "optimove-embedded-" + Guid.NewGuid().ToString("N")[..8]);

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_development_portal_starts_a_server_and_keeps_its_key()
    {
        var (first, server) = await DatabaseStartup.OpenAsync(Builder("Development"));
        await server!.DisposeAsync();
        var (second, again) = await DatabaseStartup.OpenAsync(Builder("Development"));
        await using var running = again!;
        Assert.Equal(running.ConnectionString, second.OwnerConnectionString);
        Assert.Equal(first.MasterKey, second.MasterKey);
    }

    [Fact]
    public async Task A_configured_server_is_used_as_it_is()
    {
        var builder = Builder("Development");
        builder.Configuration["ConnectionStrings:Portal"] = "Host=db";
        builder.Configuration["Portal:Key"] = Convert.ToBase64String(new byte[32]);
        var (options, server) = await DatabaseStartup.OpenAsync(builder);
        Assert.Null(server);
        Assert.Equal("Host=db", options.OwnerConnectionString);
        Assert.False(Directory.Exists(_folder));
    }

    [Theory]
    [InlineData(null, "key", "ConnectionStrings:Portal")]
    [InlineData("Host=db", null, "Portal:Key")]
    public async Task Production_refuses_to_start_without_server_or_key(string? server, string? key, string named)
    {
        var builder = Builder("Production");
        builder.Configuration["ConnectionStrings:Portal"] = server;
        builder.Configuration["Portal:Key"] = key;
        var refused = await Assert.ThrowsAsync<RefusedException>(() => DatabaseStartup.OpenAsync(builder));
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
