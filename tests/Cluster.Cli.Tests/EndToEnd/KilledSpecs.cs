using System.Diagnostics;
using Xunit.Abstractions;

namespace ProverCluster.Cli.Tests.EndToEnd;

/// <summary>A program that is killed by SIGKILL takes every prover with it, and what they started.</summary>
[Collection(nameof(Alone))]
public sealed class KilledSpecs(ITestOutputHelper output)
{
    private static TimeSpan Second => Busy.Promised(TimeSpan.FromSeconds(1));

    /// <summary>Hard for every prover: eleven pigeons, ten holes.</summary>
    private static readonly string Hard = Pigeons.Dimacs(11);

    [RequiresFact("bwrap", "z3", "cadical")]
    public Task In_the_sandbox_no_prover_lives_a_second_later_and_no_file_is_left() => KillAsync(sandboxed: true, times: 10);

    [StressFact("bwrap", "z3", "cadical")]
    public Task In_the_sandbox_no_prover_lives_a_second_later_and_no_file_is_left_fifty_times() => KillAsync(sandboxed: true, times: 50);

    [RequiresFact("z3", "cadical")]
    public Task Without_a_sandbox_no_prover_lives_a_second_later() => KillAsync(sandboxed: false, times: 4);

    [StressFact("z3", "cadical")]
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
            prove.Start(sandboxed, "--timeout", "100s", "--backends", "family,hidden,satisfier,solver", "--slots", "8", prove.Goal("hard.cnf", Hard));
            // The wrapper, its child, two grandchildren, the daemon, and the leader of the hidden one; that one; two solvers.
            await prove.LiveAsync(6, "puppet");
            await prove.LiveAsync(3, "perl", "z3", "cadical");
            Assert.False(prove.Process.HasExited, prove.Error);

            prove.Process.Kill();
            var since = Stopwatch.StartNew();
            await prove.NothingLivesAsync(Second);
            slowest = since.Elapsed > slowest ? since.Elapsed : slowest;
            await prove.NothingIsLeftAsync();
        }

        output.WriteLine($"killed {times} times, sandboxed {sandboxed}: all dead after {slowest.TotalMilliseconds:0} ms at most, looks included");
    }
}
