using System.Diagnostics;
using Xunit.Abstractions;

namespace ProverCluster.Cli.Tests.EndToEnd;

/// <summary>A program that is killed by SIGKILL takes every prover with it, and what they started.</summary>
[Collection(nameof(Alone))]
public sealed class KilledSpecs(ITestOutputHelper output)
{
    private static readonly TimeSpan s_second = Busy.Allow(TimeSpan.FromSeconds(1));

    /// <summary>Hard for every prover: eleven pigeons, ten holes.</summary>
    private static readonly string s_hard = Pigeons(11);

    [RequiresFact("bwrap", "z3", "cadical")]
    public Task In_the_sandbox_no_prover_lives_a_second_later_and_no_file_is_left() => KillAsync(sandboxed: true, times: 10);

    [StressFact]
    public Task In_the_sandbox_no_prover_lives_a_second_later_and_no_file_is_left_fifty_times() => KillAsync(sandboxed: true, times: 50);

    [RequiresFact("z3", "cadical")]
    public Task Without_a_sandbox_no_prover_lives_a_second_later() => KillAsync(sandboxed: false, times: 4);

    [StressFact]
    public Task Without_a_sandbox_no_prover_lives_a_second_later_fifty_times() => KillAsync(sandboxed: false, times: 50);

    private async Task KillAsync(bool sandboxed, int times)
    {
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < times; i++)
        {
            using var prove = new ProveProgram()
                .Puppet("family", "deaf daemon wrapper deaf+children+2+sleep+1000")
                .Puppet("hidden", "bare-daemon sleep 1000")
                .Backend("satisfier", "cadical", "-q", "{goal}")
                .Backend("solver", "z3", "-dimacs", "{goal}");
            prove.Start(sandboxed, "--timeout", "100s", "--backends", "family,hidden,satisfier,solver", "--slots", "8", prove.Goal("hard.cnf", s_hard));
            // The wrapper, its child, two grandchildren, the daemon, and the leader of the hidden one; that one; two solvers.
            await prove.LiveAsync(6, "puppet");
            await prove.LiveAsync(3, "perl", "z3", "cadical");
            Assert.False(prove.Process.HasExited, prove.Error);

            prove.Process.Kill();
            var since = Stopwatch.StartNew();
            await prove.NothingLivesAsync(s_second);
            slowest = since.Elapsed > slowest ? since.Elapsed : slowest;
            if (sandboxed)
                Assert.Empty(prove.FilesLeft);
        }

        output.WriteLine($"killed {times} times, sandboxed {sandboxed}: all dead after {slowest.TotalMilliseconds:0} ms at most, looks included");
    }

    private static string Pigeons(int pigeons)
    {
        var holes = pigeons - 1;
        var clauses = Enumerable.Range(0, pigeons).Select(p => string.Join(' ', Enumerable.Range(0, holes).Select(h => Sits(p, h))) + " 0").ToList();
        clauses.AddRange(
            from hole in Enumerable.Range(0, holes)
            from one in Enumerable.Range(0, pigeons)
            from other in Enumerable.Range(one + 1, pigeons - one - 1)
            select $"-{Sits(one, hole)} -{Sits(other, hole)} 0");
        return $"p cnf {pigeons * holes} {clauses.Count}\n{string.Join('\n', clauses)}\n";

        int Sits(int pigeon, int hole) => (pigeon * holes) + hole + 1;
    }
}
