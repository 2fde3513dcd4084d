using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Deploy;

/// <summary>Whether Prometheus takes the alarms, whether each is raised when it is to be, and whether they, the page and the node speak of the same.</summary>
public sealed partial class AlertsSpec
{
    private const string Rules = "deploy/prometheus/alerts.yaml", Tests = "deploy/prometheus/alerts.test.yaml", Page = "docs/operations.md";

    private static readonly string[] s_alarms = [.. Alarm().Matches(Text(Rules)).Select(alarm => alarm.Groups["name"].Value)];

    [RequiresFact("promtool")]
    public async Task Prometheus_own_tool_should_take_the_rules() =>
        Assert.Contains($"SUCCESS: {s_alarms.Length} rules found", await Run.DoAsync("promtool", "check", "rules", "--lint=all", "--lint-fatal", PathOf(Rules)));

    [RequiresFact("promtool")]
    public async Task Each_alarm_should_be_raised_when_it_is_to_be_and_not_before()
    {
        Assert.All(s_alarms, alarm => Assert.Contains($"alertname=\"{alarm}\"", Text(Tests)));
        Assert.Contains("SUCCESS", await Run.DoAsync("promtool", "test", "rules", PathOf(Tests)));
    }

    /// <summary>Whoever is called by it is to know what it is, and what to do.</summary>
    [Fact]
    public void Each_alarm_should_say_for_how_long_how_bad_it_is_and_what_to_do()
    {
        Assert.NotEmpty(s_alarms);
        Assert.All(Text(Rules).Split("- alert: ")[1..], rule => Assert.Matches(@"\n +for: \d+[ms]\n +labels: { severity: (critical|warning) }\n +annotations:\n +summary: .{10,}\n +description: .{10,}\n", rule));
    }

    [Fact]
    public void The_page_should_have_a_row_for_each_alarm_and_for_no_other() => Assert.Equal(s_alarms, Rows("### Alarms"));

    [Fact]
    public void The_page_should_have_a_row_for_each_metric_of_a_node_and_for_no_other() =>
        Assert.Equal(Exported().Select(PrometheusText.NameOf).Order(), Rows("## Metrics").Order());

    [Theory]
    [InlineData(Rules)]
    [InlineData(Tests)]
    [InlineData(Page)]
    public void No_metric_should_be_asked_for_that_no_node_has(string file)
    {
        var series = Exported().SelectMany(family => family.Kind == MetricKind.Histogram ? ["_bucket", "_sum", "_count"] : new[] { "" }, (family, part) => PrometheusText.NameOf(family) + part);
        // The page speaks of histograms as a whole, too.
        var known = file == Page ? series.Concat(Rows("## Metrics")) : series;
        var asked = Metric().Matches(Text(file)).Select(metric => metric.Value).ToArray();

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(known));
    }

    [RequiresFact("promtool")]
    public async Task Prometheus_own_tool_should_take_what_the_page_tells_it()
    {
        var shown = Text(Page).Split('\n').SkipWhile(line => !line.StartsWith("    rule_files:", StringComparison.Ordinal)).TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line[4..]);
        // Its files are not here.
        var (code, said) = await Promtool.TryAsync(string.Join('\n', shown), "check", "config", "--syntax-only", "/dev/stdin");

        Assert.True(code == 0, said);
        Assert.Contains(Path.GetFileName(Rules), shown.First());
    }

    /// <summary>All instruments of a node, whether or not anything was measured by them.</summary>
    private static List<MetricFamily> Exported()
    {
        using var metrics = new NodeMetrics();
        var families = new List<MetricFamily>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == metrics)
                families.Add(new MetricFamily(instrument));
        };
        listener.Start();
        return families;
    }

    /// <summary>What the rows of the table below that heading are about.</summary>
    private static IEnumerable<string> Rows(string heading) => Row().Matches(Text(Page).Split($"\n{heading}\n")[1].Split("\n#")[0]).Select(row => row.Groups["name"].Value);

    private static string Text(string path) => File.ReadAllText(PathOf(path));

    private static string PathOf(string path) => Path.Combine(Repo.Root, path);

    [GeneratedRegex(@"^ +- alert: (?<name>\w+)$", RegexOptions.Multiline)]
    private static partial Regex Alarm();

    [GeneratedRegex(@"\bprover_cluster_\w+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"^\| `(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
