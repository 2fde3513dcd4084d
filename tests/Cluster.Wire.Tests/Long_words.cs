using ProverCluster.Messages;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Runners;
using ProverCluster.Node.Wire;

namespace ProverCluster.Wire;

/// <summary>What provers and users may say, however long, fits into a frame.</summary>
public sealed class Long_words(Bytes bytes) : IClassFixture<Bytes>
{
    /// <summary>Of all backends that a goal may name, each lost once.</summary>
    private const int Runs = 2 * GoalBounds.Backends;

    /// <summary>Three bytes each in UTF-8, which is as bad as a text gets.</summary>
    private static string Longest(int length) => new('€', length);

    private static readonly RunReport Report = (Examples.Report with
    {
        End = new RunEnd.NeverStarted(NoStart.Failed, Longest(100_000)),
        Stop = new RunStop(StopReason.Withdrawn, Longest(100_000)),
        Arguments = [.. Enumerable.Repeat(Longest(5), 100)],
        Said = Examples.Report.Said with { Fault = Longest(100_000), Malformed = Longest(100_000), Line = Longest(100_000), Output = new string('x', ProverOutput.MostInlineBytes) },
    }).Bounded();

    private static readonly Goal Goal = Examples.What with
    {
        Name = Longest(GoalBounds.NameLength),
        Backends = [.. Enumerable.Range(0, GoalBounds.Backends).Select(i => BackendName.Parse($"b{i:00}".PadRight(BackendName.MaxLength, 'x')))],
        Labels = Enumerable.Range(0, GoalBounds.Labels).ToDictionary(i => Longest(GoalBounds.LabelKeyLength - 2) + i.ToString("00"), _ => Longest(GoalBounds.LabelLength)),
    };

    [Fact]
    public void Are_cut_where_they_enter_a_report()
    {
        Assert.Equal(WordLimits.Prover, Report.Said.Fault!.Length);
        Assert.Equal(WordLimits.Prover, Report.Said.Malformed!.Length);
        Assert.Equal(WordLimits.Prover, Report.Said.Line!.Length);
        Assert.Null((Report with { Arguments = [Longest(501)] }).Bounded().Arguments);
        Assert.Equal(WordLimits.Prover, Report.Stop!.Cause.Length);
        Assert.Equal(WordLimits.Prover, Assert.IsType<RunEnd.NeverStarted>(Report.End).Detail.Length);
        Assert.Equal(WordLimits.Prover, Assert.IsType<RunEnd.Lost>((Report with { End = new RunEnd.Lost(Longest(501)) }).Bounded().End).Detail.Length);
        Assert.Equal(Examples.Report, Examples.Report.Bounded());
    }

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc")]
    [InlineData("ab\ud83d\ude00", 3, "ab")]
    public void Are_cut_between_characters(string text, int length, string cut) => Assert.Equal(cut, WordLimits.Cut(text, length));

    [Fact]
    public void Of_a_goal_are_refused_in_a_sentence()
    {
        Assert.Null(GoalBounds.Refuse(Examples.What));
        Assert.Null(GoalBounds.Refuse(Goal));
        Assert.Equal("a goal's name has 4097 characters and may have 4096", GoalBounds.Refuse(Goal with { Name = Longest(4097) }));
        Assert.Equal("a goal names 33 backends and may name 32", GoalBounds.Refuse(Goal with { Backends = [.. Goal.Backends, Examples.Z3] }));
        Assert.Equal("a goal has 33 labels and may have 32", GoalBounds.RefuseLabels(Enumerable.Range(0, 33).ToDictionary(i => $"l{i}", _ => "")));
        Assert.Equal("a label's name has 64 characters and may have 1 to 63", Label(new string('k', 64), ""));
        Assert.Equal("a label's name has 0 characters and may have 1 to 63", Label("", ""));
        Assert.Equal("label 'k' has 256 characters and may have 255", Label("k", new string('x', 256)));
        Assert.Equal("a label has a control character in it", Label("k", "\u001b[2J"));
    }

    [Fact]
    public void Of_all_runs_that_a_goal_can_have_fit_into_every_message()
    {
        var row = Examples.Row with { Detail = Report.Said.Fault, Stop = Report.Stop };
        var answer = Examples.Answer with
        {
            Name = Goal.Name, Reason = Longest(WordLimits.Reason), Runs = [.. Enumerable.Repeat(row, Runs)], Output = Report.Said.Output,
        };
        // Of a prover that printed and was cut short: it has no other end to speak of.
        var ended = Report with { End = new RunEnd.Exited(0) };
        var state = new RunState(
            Examples.Run, Ms, "10.0.0.7:4051", "4.8.12", Ms, Ms, Examples.Stop, Ms, Messages.Verdicts.Verdict.Refuted, Messages.Verdicts.SzsStatus.Satisfiable, Ms,
            ended with { Said = ended.Said with { Fault = null, Malformed = null }, Stop = null }, Ms);
        var race = new RaceState(Goal, 5, Ms, [.. Enumerable.Repeat(state, Runs)], null, Examples.Run, Ms, Longest(WordLimits.Prover), false);

        Assert.All(
            new IProtocolMessage[]
            {
                new GoalCommands.Submit(Goal, "akka.tcp://prover-cluster@10.0.0.7:4051", Ms, 0),
                new GoalCommands.Resume(race, "akka.tcp://prover-cluster@10.0.0.7:4051"),
                new GoalEvents.RunEnded(Examples.Goal, row),
                new GoalEvents.Settled(Examples.Goal, answer),
                new RunEvents.Ended(Examples.Run, "10.0.0.7:4051", "4.8.12", Report),
            },
            message => Assert.InRange(bytes.Of(message).Length, 1, WireSchema.MostBytes));
    }

    private static TimeSpan Ms => Examples.Ms(1_234.5);

    private static string? Label(string key, string text) => GoalBounds.RefuseLabels(new Dictionary<string, string> { [key] = text });
}
