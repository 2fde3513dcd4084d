using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ProverCluster.Node;

namespace ProverCluster.Service;

/// <summary>
/// Sends metrics and traces to a collector by OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one. That and the other variables of that name are OpenTelemetry's own, and
/// read by its library.
/// </summary>
internal sealed class OtlpExport(MeterProvider metrics, TracerProvider traces) : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>A collector that is gone may not keep a node from ending.</summary>
    private const int EndPatienceMs = 2000;

    /// <summary>Null where no collector is named.</summary>
    /// <param name="node">Its name in the cluster.</param>
    public static OtlpExport? Start(string node)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)))
            return null;

        // What the environment says of the service is on top of what we say.
        var resource = ResourceBuilder.CreateEmpty().AddTelemetrySdk().AddService("prover-cluster", serviceVersion: ProgramVersion.Number, serviceInstanceId: node).AddEnvironmentVariableDetector();
        return new OtlpExport(
            Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(ProverNode.Instrumentation).AddOtlpExporter().Build(),
            Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(ProverNode.Instrumentation).AddOtlpExporter().Build());
    }

    public void Dispose()
    {
        traces.Shutdown(EndPatienceMs);
        metrics.Shutdown(EndPatienceMs);
        traces.Dispose();
        metrics.Dispose();
    }
}
