using System.Globalization;
using System.Text;

namespace ProverCluster.Node.Telemetry;

/// <summary>
/// Prometheus's text format, version 0.0.4. Names are made of OpenTelemetry's as its specification says: dots become underscores, the unit follows, and what is counted
/// ends in <c>_total</c>.
/// </summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            var series = family.Read();
            if (series.Count == 0)
                continue;
            var name = NameOf(family);
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escaped(family.What)}\n# TYPE {name} {family.Kind.ToString().ToLowerInvariant()}\n");
            foreach (var each in series)
            {
                if (family.Kind == MetricKind.Histogram)
                    Write(text, name, each, family.Bounds);
                else
                    Write(text, name, each.Labels, each.Sum);
            }
        }

        return text.ToString();
    }

    /// <summary>What Prometheus calls it.</summary>
    public static string NameOf(MetricFamily family)
    {
        var unit = family.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return $"{family.Name.Replace('.', '_')}{unit}{(family.Kind == MetricKind.Counter ? "_total" : "")}";
    }

    /// <summary>Attributes, as they stand between braces.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> attributes)
    {
        var labels = new string[attributes.Length];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = $"{attributes[i].Key.Replace('.', '_')}=\"{Escaped(attributes[i].Value?.ToString() ?? "").Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        Array.Sort(labels, StringComparer.Ordinal);
        return string.Join(',', labels);
    }

    /// <summary>Each bucket has all that is in those below it.</summary>
    private static void Write(StringBuilder text, string name, MetricSeries series, IReadOnlyList<double> bounds)
    {
        var below = 0L;
        for (var i = 0; i < series.Buckets.Length; i++)
        {
            below += series.Buckets[i];
            var bound = $"le=\"{(i < bounds.Count ? Number(bounds[i]) : "+Inf")}\"";
            Write(text, $"{name}_bucket", series.Labels.Length == 0 ? bound : $"{series.Labels},{bound}", below);
        }

        Write(text, $"{name}_sum", series.Labels, series.Sum);
        Write(text, $"{name}_count", series.Labels, below);
    }

    private static void Write(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(Number(value)).Append('\n');

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
