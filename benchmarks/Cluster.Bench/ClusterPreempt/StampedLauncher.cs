using System.Collections.Concurrent;
using System.Diagnostics;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers;

namespace ProverCluster.Bench.ClusterPreempt;

/// <summary>The real launcher, watched: when a verdict was read and when a signal was sent is noted where it happens, and told when the run is over.</summary>
internal sealed class StampedLauncher(IProverLauncher launcher, BlockingCollection<RunStamps> told) : IProverLauncher
{
    public Confinement Confinement => launcher.Confinement;

    public IProverProcess Start(ProverCommand command, IProverObserver observer)
    {
        var stamped = new StampedRun(command.Run, observer, told);
        stamped.Process = launcher.Start(command, stamped);
        return stamped;
    }

    public void Dispose() => launcher.Dispose();

    private sealed class StampedRun(string run, IProverObserver observer, BlockingCollection<RunStamps> told) : IProverObserver, IProverProcess
    {
        private RunStamps _stamps = new(run);
        private long _signal;
        private bool _hasSaid;

        public IProverProcess Process { get; set; } = null!;

        public void Kill()
        {
            Process.Kill();
            Interlocked.CompareExchange(ref _signal, Stopwatch.GetTimestamp(), 0);
        }

        public ProverSample Sample() => Process.Sample();

        public IReadOnlyList<int> Processes() => Process.Processes();

        public void Started() => observer.Started();

        public void Printed(ProverStream stream, ReadOnlySpan<byte> bytes)
        {
            _hasSaid |= stream == ProverStream.Stdout && bytes.IndexOf("unsat"u8) >= 0;
            observer.Printed(stream, bytes);
        }

        public void Drained()
        {
            // Before anybody is told: all that follows is ours.
            if (_hasSaid && _stamps.Verdict == 0) _stamps = _stamps with { Verdict = Stopwatch.GetTimestamp() };
            observer.Drained();
        }

        public void Ended() => observer.Ended();

        public void Reaped(RunEnd end, RunUsage usage)
        {
            told.Add(_stamps with { Signal = Interlocked.Read(ref _signal), Reaped = Stopwatch.GetTimestamp() });
            observer.Reaped(end, usage);
        }
    }
}

/// <summary>When things happened to a run, as timestamps of CLOCK_MONOTONIC, which all processes of a machine share; 0 for what did not happen.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Verdict">The line of its verdict had been read.</param>
/// <param name="Signal">The request to kill it was made, and returned.</param>
/// <param name="Reaped">Nothing of it was alive.</param>
internal sealed record RunStamps(string Run, long Verdict = 0, long Signal = 0, long Reaped = 0);
