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
        _ => MetricKind.Gauge,
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
            var known = _series.GetValueOrDefault(labels) ?? new MetricSeries(labels, 0, new long[Bounds.Count + 1]);
            _series[labels] = known with { Sum = Kind == MetricKind.Gauge ? value : known.Sum + value };
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
            return [.. _series.Values.Select(series => series with { Buckets = [.. series.Buckets] })];
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

/// <param name="Labels">The attributes, as they are written.</param>
/// <param name="Sum">Of all values; of a gauge the last one.</param>
/// <param name="Buckets">A histogram's: how many in each, the last one without a bound.</param>
internal sealed record MetricSeries(string Labels, double Sum, long[] Buckets);
