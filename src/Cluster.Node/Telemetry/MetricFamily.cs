using System.Diagnostics.Metrics;

namespace ProverCluster.Node.Telemetry;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>All that was measured by one instrument, apart for each set of attributes.</summary>
internal sealed class MetricFamily(Instrument instrument)
{
    private readonly SortedDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    public string Name => instrument.Name;

    public string? Unit => instrument.Unit;

    public string What => instrument.Description ?? "";

    public MetricKind Kind { get; } = instrument switch
    {
        Histogram<double> or Histogram<int> => MetricKind.Histogram,
        Counter<long> => MetricKind.Counter,
        ObservableGauge<int> or ObservableUpDownCounter<int> => MetricKind.Gauge,
        _ => throw new ArgumentException($"instrument {instrument.Name} is a {instrument.GetType().Name}, which has no kind here", nameof(instrument)),
    };

    /// <summary>The upper bounds of a histogram's buckets, the last one apart, which has none.</summary>
    public IReadOnlyList<double> Bounds { get; } = instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds,
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ => [],
    };

    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> attributes)
    {
        var labels = attributes.IsEmpty ? "" : PrometheusText.Labels(attributes);
        lock (_series)
        {
            if (!_series.TryGetValue(labels, out var known))
                _series[labels] = known = new MetricSeries(labels, new long[Bounds.Count + 1]);
            known.Sum = Kind == MetricKind.Gauge ? value : known.Sum + value;
            if (Kind == MetricKind.Histogram)
                known.Buckets[BucketOf(value)]++;
        }
    }

    /// <summary>What is observed anew may be gone.</summary>
    public void ForgetGauges()
    {
        lock (_series)
        {
            if (Kind == MetricKind.Gauge)
                _series.Clear();
        }
    }

    /// <summary>As of one moment: a histogram's count is that of its buckets.</summary>
    public IReadOnlyList<MetricSeries> Read()
    {
        lock (_series)
            return [.. _series.Values.Select(series => new MetricSeries(series.Labels, [.. series.Buckets]) { Sum = series.Sum })];
    }

    /// <summary>A value that is just a bound belongs below it.</summary>
    private int BucketOf(double value)
    {
        var bucket = 0;
        while (bucket < Bounds.Count && value > Bounds[bucket])
            bucket++;
        return bucket;
    }
}

/// <summary>Values with the same attributes. It is written in place: a measurement leaves nothing behind to be collected.</summary>
/// <param name="labels">The attributes, as they are written.</param>
/// <param name="buckets">A histogram's: how many in each, the last one without a bound.</param>
internal sealed class MetricSeries(string labels, long[] buckets)
{
    public string Labels => labels;

    public long[] Buckets => buckets;

    /// <summary>Of all values; of a gauge the last one.</summary>
    public double Sum { get; set; }
}
