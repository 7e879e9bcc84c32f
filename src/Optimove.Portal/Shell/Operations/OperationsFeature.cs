using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Console;
using Optimove.Portal.Data.Embedded;

namespace Optimove.Portal.Shell.Operations;

/// <summary>What the person who runs the portal needs: logs, health, telemetry and a stop that lets work end.</summary>
public static class OperationsFeature
{
    private static readonly TimeSpan _stopWithin = TimeSpan.FromSeconds(30);
    private const string Ready = "ready";

    public static WebApplicationBuilder AddOperations(this WebApplicationBuilder builder)
    {
        AppDomain.CurrentDomain.UnhandledException += SayWhyItDoesNotStart;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = _stopWithin);
        AddLogs(builder);
        builder.Services.AddTelemetry(builder.Configuration);
        builder.Services.AddHealthChecks()
            .AddCheck<NotStopping>("running", tags: [Ready])
            .AddCheck<DatabaseAnswers>("database", tags: [Ready])
            .AddCheck<MigrationsApplied>("migrations", tags: [Ready])
            .AddCheck<SchedulerRuns>("scheduler", tags: [Ready]);
        builder.Services.AddSingleton<MigrationsApplied>();
        return builder;
    }

    /// <summary>
    /// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work; 503 otherwise, with the part that fails and nothing more.
    /// </summary>
    public static WebApplication MapOperations(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync }).AllowAnonymous();
        return app;
    }

    /// <summary>Leaves word for a second start on the same private database of where this portal is reached.</summary>
    public static void AnnounceTo(this WebApplication app, EmbeddedPostgres? server) =>
        app.Lifetime.ApplicationStarted.Register(() => server?.Announce(app.Urls.FirstOrDefault() ?? ""));

    // A refusal at the start is for the person who started the portal: its sentence, and no stack.
    private static void SayWhyItDoesNotStart(object sender, UnhandledExceptionEventArgs e)
    {
        if (e.ExceptionObject is not RefusedException refused) return;
        Console.Error.WriteLine(refused.Message);
        Environment.Exit(1);
    }

    // One line of JSON an event for a collector in production, one readable line for a person in development.
    private static void AddLogs(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.Configure(o => o.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        builder.Logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        builder.Logging.AddConsoleFormatter<ReadableLines, ConsoleFormatterOptions>();
        builder.Logging.AddConsole(o => o.FormatterName = builder.Environment.IsDevelopment() ? ReadableLines.Format : JsonLines.Format);
    }

    private static Task WriteAsync(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(e => e.Key, e => e.Value.Status.ToString()),
    });
}
