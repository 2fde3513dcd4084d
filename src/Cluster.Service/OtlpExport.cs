using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Service;

/// <summary>
/// Sends metrics and traces to a collector by OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one, or <c>..._METRICS_ENDPOINT</c> and <c>..._TRACES_ENDPOINT</c> one for each.
/// Those and the other variables of these names are OpenTelemetry's own. Its library reads those that are for both.
/// </summary>
internal sealed class OtlpExport(MeterProvider? metrics, TracerProvider? traces) : IDisposable
{
    private const string Family = "OTEL_EXPORTER_OTLP_";
    private const string Metrics = "METRICS_";
    private const string Traces = "TRACES_";

    /// <summary>Of both, and of each.</summary>
    private static readonly string[] s_signals = ["", Metrics, Traces];

    /// <summary>A collector that is gone may not keep a node from ending.</summary>
    private const int EndPatienceMs = 2000;

    /// <summary>Milliseconds each.</summary>
    private static readonly string[] s_times =
    [
        $"{Family}TIMEOUT", $"{Family}{Metrics}TIMEOUT", $"{Family}{Traces}TIMEOUT", "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_METRIC_EXPORT_TIMEOUT", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_EXPORT_TIMEOUT",
    ];

    private static bool IsWanted => Sends(Metrics) || Sends(Traces);

    /// <summary>Whether it could start: asked before there is a node, which would have to join its cluster to be named, and to leave it again.</summary>
    /// <exception cref="SettingsException">A variable is not what the library wants, or one that it would pass over without a word.</exception>
    public static void Check()
    {
        if (!IsWanted)
            return;
        foreach (var signal in s_signals)
        {
            // What stands there is not quoted: it may have a password in it.
            var (address, protocol) = ($"{Family}{signal}ENDPOINT", $"{Family}{signal}PROTOCOL");
            if (Value(address) is not "" and var named && !(Uri.TryCreate(named, UriKind.Absolute, out var endpoint) && (endpoint.Scheme == Uri.UriSchemeHttp || endpoint.Scheme == Uri.UriSchemeHttps)))
                throw new SettingsException($"{address} is no address of a collector, but one such as http://collector:4317 is wanted");
            if (Value($"{Family}{signal}COMPRESSION") is not ("" or "none" or "gzip"))
                throw new SettingsException($"{Family}{signal}COMPRESSION is '{Excerpt.Of(Value($"{Family}{signal}COMPRESSION"))}', but none or gzip is wanted");
            if (Value(protocol) is not ("" or "grpc" or "http/protobuf"))
                throw new SettingsException($"{protocol} is '{Excerpt.Of(Value(protocol))}', but grpc or http/protobuf is wanted");
        }

        if (s_times.FirstOrDefault(name => Value(name) is not "" and var time && !(int.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms > 0)) is { } bad)
            throw new SettingsException($"{bad} is '{Excerpt.Of(Value(bad))}', but milliseconds are wanted, 1 or more");
        try
        {
            foreach (var signal in s_signals)
            {
                var options = new OtlpExporterOptions();
                Aim(options, signal);
                using var exporter = new OtlpTraceExporter(options);
            }
        }
        catch (Exception e)
        {
            throw new SettingsException($"the variables {Family}... are not what OpenTelemetry wants: {Excerpt.Of(e.Message.TrimEnd('.'))}");
        }
    }

    /// <summary>Null where no collector is named.</summary>
    /// <param name="node">Which has begun to measure.</param>
    public static OtlpExport? Start(ProverNode node)
    {
        if (!IsWanted)
            return null;

        // What the environment says of the service is on top of what we say.
        var resource = ResourceBuilder.CreateEmpty().AddTelemetrySdk().AddService("prover-cluster", serviceVersion: ProgramVersion.Number, serviceInstanceId: node.Name).AddEnvironmentVariableDetector();
        var metrics = Sends(Metrics) ? Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(ProverNode.Instrumentation).AddOtlpExporter(options => Aim(options, Metrics)).Build() : null;
        try
        {
            var traces = Sends(Traces) ? Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(ProverNode.Instrumentation).AddOtlpExporter(options => Aim(options, Traces)).Build() : null;
            node.CountNothing();
            return new OtlpExport(metrics, traces);
        }
        catch
        {
            metrics?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        traces?.Shutdown(EndPatienceMs);
        metrics?.Shutdown(EndPatienceMs);
        traces?.Dispose();
        metrics?.Dispose();
    }

    /// <summary>What is said of one signal counts before what is said of both; an address is the whole of it then, with its path.</summary>
    private static void Aim(OtlpExporterOptions options, string signal)
    {
        if (Value($"{Family}{signal}PROTOCOL") is not "" and var protocol)
            options.Protocol = protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        if (Value($"{Family}{signal}HEADERS") is not "" and var headers)
            options.Headers = headers;
        if (Value($"{Family}{signal}TIMEOUT") is not "" and var timeout)
            options.TimeoutMilliseconds = int.Parse(timeout, CultureInfo.InvariantCulture);
        if (Value($"{Family}{signal}COMPRESSION") is not "" and var compression)
            options.Compression = compression == "gzip" ? OtlpExportCompression.GZip : OtlpExportCompression.None;
        if (signal.Length > 0 && Value($"{Family}{signal}ENDPOINT") is not "" and var endpoint)
            options.Endpoint = new Uri(endpoint);
    }

    private static bool Sends(string signal) => Value($"{Family}ENDPOINT").Length > 0 || Value($"{Family}{signal}ENDPOINT").Length > 0;

    private static string Value(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
