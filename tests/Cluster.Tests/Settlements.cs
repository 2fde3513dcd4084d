using System.Collections.Concurrent;
using System.Diagnostics;
using Akka.Event;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Tests;

/// <summary>
/// Which nodes' coordinators say that they have settled a goal, as their logs have it. A client is no witness of that: it takes the first answer, and whatever comes after
/// it, or goes to nobody, it does not see.
/// </summary>
internal sealed class Settlements
{
    private readonly ConcurrentQueue<Settlement> _told = new();
    private readonly ConcurrentQueue<(GoalId Goal, string Line, long At)> _lines = new();

    /// <summary>What was said of every goal of which there is more than one thing to say, for a spec that fails.</summary>
    public IEnumerable<string> Stories => _lines.GroupBy(line => line.Goal).Where(goal => goal.Count() > 1)
        .SelectMany(goal => goal.Select(Told));

    /// <summary>What was said of that goal.</summary>
    public IEnumerable<string> StoryOf(GoalId goal) => _lines.Where(line => line.Goal == goal).Select(Told);

    /// <param name="system">Of a node.</param>
    /// <param name="mark">The node's.</param>
    public void Hear(ActorSystem system, string mark) =>
        system.EventStream.Subscribe(system.ActorOf(Akka.Actor.Props.Create(() => new Reader(_told, _lines, mark))), typeof(Info));

    /// <summary>Every goal was settled once, by one coordinator.</summary>
    public async Task AssertOnceAsync(IReadOnlyList<SubmittedGoal> goals)
    {
        // An answer is told before it is written down.
        await Eventually.True(() => goals.All(goal => Of(goal).Length > 0), "a coordinator has settled each goal");
        Assert.Empty(goals.Where(goal => Of(goal).Length != 1).Select(Words));
    }

    /// <summary>Of these goals, which share a race, one was settled, and once.</summary>
    public async Task AssertOneAsync(IReadOnlyList<SubmittedGoal> goals)
    {
        await Eventually.True(() => goals.Any(goal => Of(goal).Length > 0), "a coordinator has settled a goal");
        Assert.True(goals.Sum(goal => Of(goal).Length) == 1, string.Join("; ", goals.Select(Words)));
    }

    /// <summary>No goal was settled twice, those settlements aside that may be unheard, and so count for nothing: the goal is rightly raced again.</summary>
    /// <returns>How many goals were settled besides by such a one.</returns>
    public int Judge(IReadOnlyList<SubmittedGoal> goals, Func<SubmittedGoal, Settlement, bool> mayBeUnheard)
    {
        Assert.True(2 * goals.Count(goal => Of(goal).Length > 0) > goals.Count, "who hears of hardly any goal has nothing to say");
        Assert.Empty(goals.Where(goal => Of(goal).Count(told => !mayBeUnheard(goal, told)) > 1).Select(Words));
        return goals.Count(goal => Of(goal).Length > 1);
    }

    private static string Told((GoalId Goal, string Line, long At) line) => FormattableString.Invariant($"{Stopwatch.GetElapsedTime(line.At).TotalSeconds:0.000} s ago {line.Line}");

    private Settlement[] Of(SubmittedGoal goal) => [.. _told.Where(told => told.Goal == goal.Id)];

    private string Words(SubmittedGoal goal) => $"{goal.Goal.Name} ({goal.Id}) was settled {string.Join(", ", Of(goal).AsEnumerable())}";

    private sealed class Reader : ReceiveActor
    {
        public Reader(ConcurrentQueue<Settlement> told, ConcurrentQueue<(GoalId Goal, string Line, long At)> lines, string mark) => Receive<Info>(info =>
        {
            if (info.Message is not LogLine { Goal: { } goal } line)
                return;
            lines.Enqueue((goal, $"{mark}: {line.Text}", Stopwatch.GetTimestamp()));
            if (line.Name == nameof(LogLines.GoalSettled))
                told.Enqueue(new Settlement(goal, mark, line.Text.Contains($": {Verdict.Withdrawn.Word()} ", StringComparison.Ordinal), Stopwatch.GetTimestamp()));
        });
    }
}

/// <summary>A coordinator has settled a goal.</summary>
/// <param name="Goal">Which.</param>
/// <param name="Node">The mark of its node.</param>
/// <param name="IsWithdrawn">Whether as one that nobody wants.</param>
/// <param name="At">When, as a timestamp.</param>
internal sealed record Settlement(GoalId Goal, string Node, bool IsWithdrawn, long At)
{
    public override string ToString() => FormattableString.Invariant($"at {Node}{(IsWithdrawn ? " as withdrawn" : "")} {Stopwatch.GetElapsedTime(At).TotalSeconds:0.0} s ago");
}
