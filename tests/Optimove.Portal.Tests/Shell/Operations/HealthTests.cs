using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Shell.Operations;
using Optimove.Portal.Tests.Testing;
using Quartz;

namespace Optimove.Portal.Tests.Shell.Operations;

public sealed class HealthTests(TestDatabase database, TestCluster cluster) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_portal_with_database_migrations_and_scheduler_is_ready()
    {
        await using var app = await StartAsync(database.ConnectionString);
        await Eventually.Async(async () => (await AskAsync(app, "/health/ready")).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_a_database_the_process_lives_but_is_not_ready()
    {
        var gone = await cluster.CreateDatabaseAsync();
        await cluster.DropDatabaseAsync(gone);
        await using var app = await StartAsync(gone);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(app, "/health/live")).Status);
        var (status, checks) = await AskAsync(app, "/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("Unhealthy", checks["database"]);
    }

    [Fact]
    public async Task A_database_that_lacks_a_migration_is_not_ready_until_it_has_it()
    {
        var old = await cluster.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(old))
        {
            await using var app = await StartAsync(old);
            await using var forget = source.CreateCommand("""alter table "__EFMigrationsHistory" rename to kept_history""");
            await forget.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            Assert.Equal("Unhealthy", (await AskAsync(app, "/health/ready")).Checks["migrations"]);
            await using var remember = source.CreateCommand("""alter table kept_history rename to "__EFMigrationsHistory" """);
            await remember.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            Assert.Equal("Healthy", (await AskAsync(app, "/health/ready")).Checks["migrations"]);
        }
        await cluster.DropDatabaseAsync(old);
    }

    [Fact]
    public async Task A_stopped_scheduler_is_not_ready()
    {
        await using var app = await StartAsync(database.ConnectionString);
        var scheduler = await app.Services.GetRequiredKeyedService<ISchedulerFactory>(Jobs.JobsFeature.Scheduler).GetScheduler(TestContext.Current.CancellationToken);
        await Eventually.Async(async () => (await AskAsync(app, "/health/ready")).Checks["scheduler"] == "Healthy");
        await scheduler.Standby(TestContext.Current.CancellationToken);
        Assert.Equal("Unhealthy", (await AskAsync(app, "/health/ready")).Checks["scheduler"]);
    }

    [Fact]
    public async Task A_stopping_portal_is_not_ready()
    {
        await using var app = await StartAsync(database.ConnectionString);
        app.Lifetime.StopApplication();
        var check = new NotStopping(app.Lifetime);
        Assert.Equal(HealthStatus.Unhealthy, (await check.CheckHealthAsync(new(), TestContext.Current.CancellationToken)).Status);
    }

    private static async Task<WebApplication> StartAsync(string connectionString)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.AddOperations();
        builder.Services.AddSingleton(NpgsqlDataSource.Create(connectionString));
        builder.Services.AddSingleton(new OwnerDatabase(connectionString));
        builder.Services.AddQuartz(Jobs.JobsFeature.Scheduler, q => q.UseInMemoryStore());
        builder.Services.AddQuartzHostedService();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.MapOperations();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<(HttpStatusCode Status, Dictionary<string, string> Checks)> AskAsync(WebApplication app, string path)
    {
        using var http = app.GetTestClient();
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (answer.StatusCode, body.GetProperty("checks").EnumerateObject().ToDictionary(c => c.Name, c => c.Value.GetString()!));
    }
}
