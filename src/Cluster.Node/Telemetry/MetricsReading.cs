using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ProverCluster.Node.Telemetry;

/// <summary>Adds up what a node measures, from its start on, for whoever reads it as Prometheus does.</summary>
internal sealed class MetricsReading : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _reading = new();

    /// <param name="metrics">The node's.</param>
    public MetricsReading(NodeMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == NodeMetrics.Name && instrument.Meter.Scope == metrics)
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument.Name, _ => new MetricFamily(instrument)));
        };
        _listener.SetMeasurementEventCallback<double>((_, value, attributes, family) => ((MetricFamily)family!).Take(value, attributes));
        _listener.SetMeasurementEventCallback<long>((_, value, attributes, family) => ((MetricFamily)family!).Take(value, attributes));
        _listener.SetMeasurementEventCallback<int>((_, value, attributes, family) => ((MetricFamily)family!).Take(value, attributes));
        _listener.Start();
        metrics.CountNothing();
    }

    /// <summary>All of it, as of now.</summary>
    public string Text()
    {
        // Two who read at once would see each other's gauges come and go.
        lock (_reading)
        {
            foreach (var family in _families.Values)
                family.ForgetGauges();
            _listener.RecordObservableInstruments();
            return PrometheusText.Of(_families.Values.OrderBy(family => family.Name, StringComparer.Ordinal));
        }
    }

    public void Dispose() => _listener.Dispose();
}
