using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Optimove.Portal.Shell.Operations;

/// <summary>Sends traces and metrics by OTLP to the collector in <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; without one nothing is collected.</summary>
internal static class Telemetry
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] _sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "Quartz", "Optimove.Portal"];
    private static readonly string[] _meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components",
        "Microsoft.AspNetCore.Components.Server.Circuits", "System.Net.Http", "System.Runtime", "Npgsql", "Optimove.Portal",
    ];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[EndpointKey] is not { Length: > 0 } endpoint) return services;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var collector))
            throw new RefusedException($"{EndpointKey} is \"{endpoint}\", which is not the address of a collector such as http://localhost:4317.");
        return services.AddHostedService(_ => new Exporting(collector, configuration["OTEL_EXPORTER_OTLP_PROTOCOL"]));
    }

    private sealed class Exporting(Uri collector, string? protocol) : IHostedService, IDisposable
    {
        private TracerProvider? _traces;
        private MeterProvider? _metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3);
            var resource = ResourceBuilder.CreateDefault().AddService("optimove-portal", serviceVersion: version).AddEnvironmentVariableDetector();
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(_sources).AddProcessor(new WithoutQueries()).AddOtlpExporter(o => Aim(o, "v1/traces")).Build();
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(_meters).AddOtlpExporter((o, _) => Aim(o, "v1/metrics")).Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            _traces?.Dispose();
            _metrics?.Dispose();
        }

        // An endpoint set in code is taken as it is, so the path that the protocol over HTTP needs is added here.
        private void Aim(OtlpExporterOptions options, string path)
        {
            var http = protocol == "http/protobuf";
            options.Protocol = http ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
            options.Endpoint = http ? new(collector.AbsoluteUri.TrimEnd('/') + "/" + path) : collector;
        }
    }

    // A query may carry a single-use link's code or what a person searched for.
    private sealed class WithoutQueries : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => data.SetTag("url.query", null);
    }
}
