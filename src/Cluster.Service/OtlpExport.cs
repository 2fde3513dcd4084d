using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Service;

/// <summary>
/// Sends metrics and traces to a collector by OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one. That and the other variables of that name are OpenTelemetry's own, and
/// read by its library.
/// </summary>
internal sealed class OtlpExport(MeterProvider metrics, TracerProvider traces) : IDisposable
{
    private const string Family = "OTEL_EXPORTER_OTLP_";

    /// <summary>A collector that is gone may not keep a node from ending.</summary>
    private const int EndPatienceMs = 2000;

    private static bool IsWanted => Value("ENDPOINT").Length > 0;

    /// <summary>Whether it could start: asked before there is a node, which would have to join its cluster to be named, and to leave it again.</summary>
    /// <exception cref="SettingsException">A variable is not what the library wants, or one that it would pass over without a word.</exception>
    public static void Check()
    {
        if (!IsWanted)
            return;
        // What stands there is not quoted: it may have a password in it.
        if (!Uri.TryCreate(Value("ENDPOINT"), UriKind.Absolute, out var endpoint) || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
            throw new SettingsException($"{Family}ENDPOINT is no address of a collector, but one such as http://collector:4317 is wanted");
        if (Value("PROTOCOL") is not ("" or "grpc" or "http/protobuf"))
            throw new SettingsException($"{Family}PROTOCOL is '{Excerpt.Of(Value("PROTOCOL"))}', but grpc or http/protobuf is wanted");
        try
        {
            using var exporter = new OtlpTraceExporter(new OtlpExporterOptions());
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
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(ProverNode.Instrumentation).AddOtlpExporter().Build();
        try
        {
            var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(ProverNode.Instrumentation).AddOtlpExporter().Build();
            node.CountNothing();
            return new OtlpExport(metrics, traces);
        }
        catch
        {
            metrics.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        traces.Shutdown(EndPatienceMs);
        metrics.Shutdown(EndPatienceMs);
        traces.Dispose();
        metrics.Dispose();
    }

    private static string Value(string name) => Environment.GetEnvironmentVariable(Family + name) ?? "";
}
