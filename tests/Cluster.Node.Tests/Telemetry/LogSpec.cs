using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Akka.Event;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Telemetry;
using ProverCluster.Node.Tests.Goals;

namespace ProverCluster.Node.Tests.Telemetry;

/// <summary>What is in the log, and how it is written.</summary>
public sealed partial class LogSpec
{
    private static readonly GoalAnswer Answer = new RaceScript(Strategy.Speculative, "z3").Started("z3").Ends("z3", RaceScript.Says(Verdict.Proved)).Answer;

    private static readonly MethodInfo[] Kinds = [.. typeof(LogLines).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)];

    [Fact]
    public void Every_kind_of_line_should_have_an_id_and_a_name_of_its_own()
    {
        var lines = Kinds.Select(Line).ToArray();

        Assert.True(lines.Length > 10);
        Assert.Equal(lines.Length, lines.DistinctBy(line => line.Id).Count());
        Assert.Equal(Kinds.Select(kind => kind.Name), lines.Select(line => line.Name));
    }

    /// <summary>By them readers of a page, and whom an alarm has called, look for lines.</summary>
    [Fact]
    public void Every_id_that_a_page_or_an_alarm_names_should_be_that_of_a_line()
    {
        string[] texts = [.. Directory.GetFiles(Path.Combine(Repo.Root, "docs"), "*.md"), Path.Combine(Repo.Root, "README.md"), Path.Combine(Repo.Root, "deploy/prometheus/alerts.yaml")];
        var named = texts.SelectMany(text => Id().Matches(File.ReadAllText(text))).Select(id => int.Parse(id.Groups["id"].Value)).Distinct().ToArray();

        Assert.True(named.Length > 4);
        Assert.Empty(named.Except(Kinds.Select(kind => Line(kind).Id)));
    }

    [Fact]
    public void A_line_that_is_told_a_goal_or_a_run_should_have_it_apart()
    {
        foreach (var kind in Kinds)
        {
            var (line, told) = (Line(kind), kind.GetParameters().Select(parameter => parameter.ParameterType).ToArray());
            Assert.Equal(told.Intersect([typeof(GoalId), typeof(GoalAnswer), typeof(RunRow), typeof(RunId)]).Any(), line.Goal is not null);
            Assert.Equal(told.Intersect([typeof(RunRow), typeof(RunId)]).Any(), line.Run is not null);
        }
    }

    /// <summary>What is never told cannot be written.</summary>
    [Fact]
    public void No_line_should_be_told_a_goals_text()
    {
        Type[] texts = [typeof(GoalDocument), typeof(byte[]), typeof(ReadOnlyMemory<byte>), typeof(Goal), typeof(RunSaying), typeof(RunReport)];

        Assert.All(Kinds.SelectMany(kind => kind.GetParameters()), parameter => Assert.DoesNotContain(parameter.ParameterType, texts));
    }

    /// <summary>A line that is not in the list has no id.</summary>
    [Fact]
    public void Nothing_of_the_node_should_write_into_the_log_but_by_the_list()
    {
        Assert.All(["_log.Warning(", "log().Warning(", "Context.GetLogger().Info(", "system.Log.Error(", "logger.Log(", "logger.LogWarning("], call => Assert.Matches(Wild(), call));
        var wild =
            from path in new[] { "src/Cluster.Node", "src/Cluster.Api", "src/Cluster.Service" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repo.Root, folder), "*.cs", SearchOption.AllDirectories))
            where Wild().IsMatch(File.ReadAllText(path))
            select path;

        Assert.Empty(wild);
    }

    [Fact]
    public void As_JSON_a_line_should_have_its_members_apart_and_stay_a_line_whatever_is_in_it()
    {
        var line = LogLines.AnswerNotStored(GoalId.Parse("g1"), "the disk\nis \"full\"") with { Cause = new InvalidOperationException("no\nroom") };
        var written = LogForm.Json(new Warning(line.Cause, "akka://here/user/a", typeof(LogSpec), line), isBrief: true);

        Assert.DoesNotContain('\n', written);
        using var json = JsonDocument.Parse(written);
        string Member(string name) => json.RootElement.GetProperty(name).ToString();
        Assert.Equal(("warning", "2000", "AnswerNotStored", "g1", "akka://here/user/a"), (Member("level"), Member("eventId"), Member("event"), Member("goal"), Member("source")));
        Assert.Equal(("the answer to goal g1 is not stored yet: the disk\nis \"full\"", "InvalidOperationException: no\nroom"), (Member("message"), Member("cause")));
        Assert.True(DateTimeOffset.TryParse(Member("time"), out _));
        Assert.False(json.RootElement.TryGetProperty("run", out _));
    }

    [Fact]
    public void As_text_a_line_should_name_its_goal_or_its_run_whatever_its_kind()
    {
        foreach (var line in Kinds.Select(Line).Where(line => line.Goal is not null))
            Assert.Contains(line.Run is { } run ? run.ToString() : line.Goal!.Value, LogForm.Text(new Warning(null, "source", typeof(LogSpec), line), isBrief: true), StringComparison.Ordinal);
        Assert.Equal("error: a request has failed: GET /v1/goals/{id}, goal g1: InvalidOperationException: why (source)",
            LogForm.Text(new Error(new InvalidOperationException("why"), "source", typeof(LogSpec), LogLines.RequestFailed("GET /v1/goals/{id}", GoalId.Parse("g1"), new InvalidOperationException("why"))), isBrief: true));
    }

    [Fact]
    public void What_the_runtime_says_should_be_written_in_the_same_two_ways()
    {
        var told = new Error(new InvalidOperationException("why"), "remoting", typeof(LogSpec), "it broke");

        Assert.Equal("error: it broke: InvalidOperationException: why (remoting)", LogForm.Text(told, isBrief: true));
        using var json = JsonDocument.Parse(LogForm.Json(told, isBrief: true));
        Assert.Equal("it broke", json.RootElement.GetProperty("message").GetString());
        Assert.False(json.RootElement.TryGetProperty("eventId", out _));
    }

    [Theory]
    [InlineData(false, "info")]
    [InlineData(true, "error")]
    public void What_the_program_says_should_be_an_error_if_it_ends_by_it(bool isFailure, string level)
    {
        Assert.Equal("node: is so", LogForm.Sentence(LogFormat.Text, "node", "is so", isFailure));
        using var json = JsonDocument.Parse(LogForm.Sentence(LogFormat.Json, "node", "is so", isFailure));
        Assert.Equal(("is so", level), (json.RootElement.GetProperty("message").GetString(), json.RootElement.GetProperty("level").GetString()));
    }

    [Theory]
    [InlineData("prover-cluster { telemetry.log = json, tick = never }", LogFormat.Json)]
    [InlineData("prover-cluster { telemetry.log = loud }", LogFormat.Text)]
    [InlineData("prover-cluster { telemetry = 1 }", LogFormat.Text)]
    public void How_to_write_should_be_known_where_it_can_be_read_whatever_else_is_wrong(string hocon, LogFormat format)
    {
        var files = SettingsFiles.LoadShipped().With("file", hocon);

        Assert.Equal(format, NodeSettings.LogOf(files));
        Assert.Throws<SettingsException>(() => NodeSettings.Read(files));
    }

    /// <summary>One of a kind, told something of each type that it wants.</summary>
    private static LogLine Line(MethodInfo kind) => (LogLine)kind.Invoke(null, [.. kind.GetParameters().Select(parameter => Told(parameter.ParameterType))])!;

    private static object? Told(Type type) =>
        type == typeof(string) ? "words"
        : type == typeof(int) ? 1
        : type == typeof(GoalId) ? Answer.Id
        : type == typeof(GoalAnswer) ? Answer
        : type == typeof(RunRow) ? Answer.Runs[0]
        : type == typeof(RunId) ? Answer.Runs[0].Run
        : type == typeof(Exception) ? new InvalidOperationException("why")
        : null;

    [GeneratedRegex(@"\((?<id>\d{4})\)")]
    private static partial Regex Id();

    [GeneratedRegex(@"[Ll]og(ger)?(\(\w*\))?\.(Warning|Error|Info|Debug)\(|\.Log(Information|Warning|Error|Debug|Critical|Trace)?\(")]
    private static partial Regex Wild();
}
