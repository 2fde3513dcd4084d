using System.Diagnostics;
using System.Globalization;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers;

namespace ProverCluster.Bench.Cluster;

/// <summary>
/// Starts no processes: its provers are entries of a timer, so that neither the sandbox nor the processors limit how many run. One proves by printing
/// <c>unsat</c> after the milliseconds that its first argument says; one that is told <c>for-ever</c> waits to be killed. To the rest of the node they are
/// what any prover is.
/// </summary>
internal sealed class TimedLauncher : IProverLauncher
{
    public const string ForEver = "for-ever";

    private readonly PriorityQueue<Action, long> _due = new();
    private bool _isDisposed;
    private int _starts;

    public TimedLauncher() => new Thread(Run) { IsBackground = true, Name = "timed-provers" }.Start();

    public Confinement Confinement { get; } = new(Sandboxed: true, "there is nothing to confine");

    /// <summary>How many provers were started.</summary>
    public int Starts => Volatile.Read(ref _starts);

    public IProverProcess Start(ProverCommand command, IProverObserver observer)
    {
        Interlocked.Increment(ref _starts);
        var prover = new TimedProver(this, observer);
        After(TimeSpan.Zero, prover.Begin);
        if (command.Arguments[0] != ForEver)
            After(TimeSpan.FromMilliseconds(double.Parse(command.Arguments[0], CultureInfo.InvariantCulture)), prover.Prove);
        return prover;
    }

    public void Dispose()
    {
        lock (_due)
        {
            _isDisposed = true;
            Monitor.Pulse(_due);
        }
    }

    private void After(TimeSpan wait, Action what)
    {
        lock (_due)
        {
            _due.Enqueue(what, Stopwatch.GetTimestamp() + (long)(wait.TotalSeconds * Stopwatch.Frequency));
            Monitor.Pulse(_due);
        }
    }

    private void Run()
    {
        while (Next() is { } what) what();
    }

    private Action? Next()
    {
        lock (_due)
        {
            while (!_isDisposed)
            {
                if (!_due.TryPeek(out _, out var at))
                {
                    Monitor.Wait(_due);
                    continue;
                }

                var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), at);
                if (left <= TimeSpan.Zero) return _due.Dequeue();
                Monitor.Wait(_due, TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
            }
            return null;
        }
    }

    /// <summary>Everything that its observer is told comes from the launcher's thread.</summary>
    private sealed class TimedProver(TimedLauncher launcher, IProverObserver observer) : IProverProcess
    {
        private bool _hasEnded;

        public void Begin() => observer.Started();

        public void Prove()
        {
            if (_hasEnded) return;
            observer.Printed(ProverStream.Stdout, "unsat\n"u8);
            observer.Drained();
            End(new RunEnd.Exited(0));
        }

        public void Kill() => launcher.After(TimeSpan.Zero, () => End(new RunEnd.Signalled(9)));

        public IReadOnlyList<int> Processes() => [];

        public ProverSample Sample() => new(TimeSpan.Zero, RssBytes: 1 << 20, OutputBytes: 0, Processes: 1);

        private void End(RunEnd end)
        {
            if (_hasEnded) return;
            _hasEnded = true;
            observer.Ended();
            observer.Reaped(end, RunUsage.None);
        }
    }
}
