using System.Collections.Concurrent;
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
    private readonly ConcurrentQueue<(GoalId Goal, string Node, bool IsWithdrawn)> _told = new();

    /// <param name="system">Of a node.</param>
    /// <param name="mark">The node's.</param>
    public void Hear(ActorSystem system, string mark) =>
        system.EventStream.Subscribe(system.ActorOf(Akka.Actor.Props.Create(() => new Reader(_told, mark))), typeof(Info));

    /// <summary>Every goal was settled once, by one coordinator.</summary>
    public async Task AssertOnceAsync(IReadOnlyList<SubmittedGoal> goals)
    {
        // An answer is told before it is written down.
        await Eventually.True(() => goals.All(goal => Of(goal).Length > 0), "a coordinator has settled each goal");
        Assert.Empty(goals.Where(goal => Of(goal).Length != 1).Select(Words));
    }

    /// <summary>
    /// No goal was settled twice by nodes that nothing befell. One that is cut off, or is about to crash, may settle a goal that another settles as well, since nobody has
    /// heard so; its word counts for nothing. Nor does that of a coordinator that nobody could reach who waits: its race is withdrawn, and begun anew when somebody can.
    /// </summary>
    /// <returns>How many goals were settled besides by such a node.</returns>
    public int Judge(IReadOnlyList<SubmittedGoal> goals, Func<string, bool> wasHarmed)
    {
        Assert.True(2 * goals.Count(goal => Of(goal).Length > 0) > goals.Count, "who hears of hardly any goal has nothing to say");
        Assert.Empty(goals.Where(goal => Of(goal).Count(told => !told.IsWithdrawn && !wasHarmed(told.Node)) > 1).Select(Words));
        return goals.Count(goal => Of(goal).Length > 1);
    }

    private (string Node, bool IsWithdrawn)[] Of(SubmittedGoal goal) => [.. _told.Where(told => told.Goal == goal.Id).Select(told => (told.Node, told.IsWithdrawn))];

    private string Words(SubmittedGoal goal) => $"{goal.Goal.Name} ({goal.Id}) was settled at {string.Join(' ', Of(goal))}";

    private sealed class Reader : ReceiveActor
    {
        public Reader(ConcurrentQueue<(GoalId Goal, string Node, bool IsWithdrawn)> told, string mark) => Receive<Info>(info =>
        {
            if (info.Message is LogLine { Name: nameof(LogLines.GoalSettled), Goal: { } goal } line)
                told.Enqueue((goal, mark, line.Text.Contains($": {Verdict.Withdrawn.Word()} ", StringComparison.Ordinal)));
        });
    }
}
