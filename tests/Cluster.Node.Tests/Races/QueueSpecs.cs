using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Races;

/// <summary>A run that waits for a slot when its race ends never has a process. In the fallback, where a process could leave a file.</summary>
[Collection(nameof(Alone))]
public sealed class QueueSpecs : IDisposable
{
    private const string OneSlot = "prover-cluster.slots = 1";

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;

    private string Mark => Path.Combine(_folder, "started");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_queued_run_of_a_won_race_never_starts_a_process()
    {
        await using var node = await RaceNode.StartAsync(
            false, OneSlot, Entry.Plays("winner", "sleep 0.1 say unsat"), Entry.Plays("queued", $"ready {Mark} sleep 1000"), Entry.Plays("last", $"ready {Mark} say sat"));
        var race = node.Race();
        var answer = await race.Answer;
        answer.AssertAddsUp(planned: 3);
        Assert.Equal("winner", answer.Winner!.Backend.Value);
        foreach (var name in new[] { "queued", "last" })
        {
            var row = answer.Row(name);
            Assert.Equal((RunOutcome.Preempted, RunCodes.Preempted, null), (row.Outcome, row.Code, row.Times.Started));
            Assert.NotNull(row.Times.Queued);
        }

        Assert.Single(race.Events.OfType<GoalEvents.RunStarted>());
        Assert.False(File.Exists(Mark));
        Assert.Empty(race.Living);
    }

    [Fact]
    public async Task A_queued_run_of_a_withdrawn_race_never_starts_a_process()
    {
        await using var node = await RaceNode.StartAsync(
            false, OneSlot, Entry.Plays("first", "deaf children 1 sleep 1000"), Entry.Plays("queued", $"ready {Mark} say unsat"));
        var race = node.Race();
        await race.LiveAsync(2);
        race.Withdraw();
        var answer = await race.Answer;
        answer.AssertAddsUp(planned: 2);
        Assert.Equal((Verdict.Withdrawn, null), (answer.Verdict, answer.Row("queued").Times.Started));
        Assert.False(File.Exists(Mark));
        race.AssertNothingLives();
    }

    [Fact]
    public async Task A_run_that_waits_past_its_goals_deadline_never_starts_a_process()
    {
        await using var node = await RaceNode.StartAsync(false, OneSlot, Entry.Plays("first", "sleep 1000"), Entry.Plays("queued", $"ready {Mark} say unsat"));
        var race = node.Race(change: goal => goal with { Limits = goal.Limits with { Timeout = TimeSpan.FromMilliseconds(300) } });
        var answer = await race.Answer;
        answer.AssertAddsUp(planned: 2);
        Assert.Equal((RunOutcome.TimedOut, null), (answer.Row("queued").Outcome, answer.Row("queued").Times.Started));
        Assert.False(File.Exists(Mark));
        Assert.Empty(race.Living);
    }

    [Fact]
    public async Task In_a_sequential_race_a_later_backend_never_starts_once_one_has_decided()
    {
        await using var node = await RaceNode.StartAsync(
            false, Entry.Plays("gives-up", "say unknown"), Entry.Plays("decides", "say sat"), Entry.Plays("late", $"ready {Mark} say unsat"));
        var race = node.Race(change: goal => goal with { Strategy = Strategy.Sequential });
        var answer = await race.Answer;
        answer.AssertAddsUp(planned: 3);
        Assert.Equal(Verdict.Refuted, answer.Verdict);
        Assert.Equal(
            [RunOutcome.GaveUp, RunOutcome.Won, RunOutcome.Preempted],
            answer.Runs.Select(row => row.Outcome));
        Assert.False(File.Exists(Mark));
    }

    [Fact]
    public async Task A_slot_is_given_on_only_when_nothing_of_its_run_is_alive()
    {
        // The second run would be a second process beside the first one's tree.
        await using var node = await RaceNode.StartAsync(
            false, OneSlot, Entry.Plays("first", "daemon children 3 say unknown"), Entry.Runs("second", $"pgrep -x puppet > {Mark}; echo unsat"));
        var race = node.Race();
        Assert.Equal("second", (await race.Answer).Winner!.Backend.Value);
        Assert.Empty(race.Living);
        Assert.Equal("", File.ReadAllText(Mark));
    }
}
