using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Tests.Backends.Readings;
using Xunit.Abstractions;

namespace ProverCluster.Node.Tests.Races;

/// <summary>Every backend of the catalogue, on a goal that it does not decide in time: it is dead a tick and a kill after its deadline.</summary>
[Collection(nameof(Alone))]
public sealed class RealDeadlineSpecs(ITestOutputHelper output)
{
    /// <summary>So many pigeons that nobody decides it in seconds; cvc5 sees through twelve of them in a quarter of one.</summary>
    private const int Many = 14;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// What a kill may take from the signal until nothing is alive: 2 to 20 ms, and what a machine takes that others use too, which was seen to keep the
    /// whole node waiting for a second. Which tick acts is exact, and checked over virtual time in <c>ProverRunnerSpec</c>.
    /// </summary>
    private static TimeSpan Kill => Busy.Promised(TimeSpan.FromSeconds(1));

    public static TheoryData<string, GoalLanguage> Backends
    {
        get
        {
            var data = new TheoryData<string, GoalLanguage>();
            foreach (var backend in TestBackend.All)
                data.Add(backend.Name, backend.Language);
            return data;
        }
    }

    [InstalledTheory, MemberData(nameof(Backends))]
    public async Task Wall_time_is_at_most_the_limit_and_one_tick_and_the_time_of_a_kill(string backend, GoalLanguage language)
    {
        var hard = language switch
        {
            GoalLanguage.SmtLib2 => Pigeons.SmtLib(Many),
            GoalLanguage.Tptp => Pigeons.Tptp(Many),
            _ => Pigeons.Dimacs(Many),
        };
        await using var node = await RaceNode.StartAsync(Ways.Fault is null);
        var race = node.Race(hard, language, [backend], goal => goal with { Limits = goal.Limits with { Timeout = Limit } });
        var answer = await race.Answer;

        var row = answer.Row(backend);
        output.WriteLine($"{backend}: killed at {row.Times.Killed?.TotalMilliseconds:0.0} ms, reaped at {row.Times.Reaped?.TotalMilliseconds:0.0} ms");
        answer.AssertAddsUp(planned: 1);
        Assert.Equal(Verdict.Unknown, answer.Verdict);
        // On a machine that kept the node waiting for all of its time it never started.
        Assert.InRange(row.Times.Reaped ?? answer.Settled, TimeSpan.Zero, Limit + Tick + Kill);
        // One that is told its time may keep to it by itself.
        if (!TestBackend.Of(backend, language).Entry.Arguments.Any(each => each.Contains("{timeout-s}")) || row.Outcome != RunOutcome.GaveUp)
            Assert.Equal((RunOutcome.TimedOut, RunCodes.TimedOut), (row.Outcome, row.Code));
        Assert.Empty(race.Living);
    }
}
