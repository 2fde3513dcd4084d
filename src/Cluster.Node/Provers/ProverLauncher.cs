using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers.Launching;
using ProverCluster.Node.Provers.Sandbox;

namespace ProverCluster.Node.Provers;

/// <summary>Starts provers and looks after them until nothing of them is left. One for a node.</summary>
internal sealed class ProverLauncher : IProverLauncher
{
    private readonly ProverLoop _loop;
    private readonly Func<ProverCommand, IProverObserver, ProverRun> _newRun;
    private readonly HashSet<ProverRun> _runs = [];
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _noRuns = new(true);
    private bool _disposed;

    private ProverLauncher(Confinement confinement, ProverLoop loop, Func<ProverCommand, IProverObserver, ProverRun> newRun)
    {
        Confinement = confinement;
        _loop = loop;
        _newRun = newRun;
    }

    public Confinement Confinement { get; }

    internal static ProverLauncher Sandboxed(string bwrap)
    {
        NodeProcess.Prepare();
        var loop = new ProverLoop();
        return new ProverLauncher(new Confinement(true, "provers run in a sandbox"), loop, (command, observer) => new SandboxRun(loop, bwrap, command, observer));
    }

    public IProverProcess Start(ProverCommand command, IProverObserver observer)
    {
        var run = _newRun(command, observer);
        Add(run);
        _loop.Post(Prepared(run, command) is { } failure ? () => run.Abandon(failure) : run.Launch);
        return run;
    }

    /// <summary>Kills every prover and waits until nothing of them is left.</summary>
    public void Dispose()
    {
        ProverRun[] left;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            left = [.. _runs];
        }

        foreach (var run in left)
        {
            run.Kill();
        }

        _noRuns.Wait();
        _loop.Dispose();
    }

    private static RunEnd.NeverStarted? Prepared(ProverRun run, ProverCommand command)
    {
        try
        {
            if (ProverFile.Fault(command) is { } fault)
            {
                return fault;
            }

            run.Prepare();
            return null;
        }
        catch (IOException e)
        {
            return new RunEnd.NeverStarted(NoStart.InputNotWritten, e.Message);
        }
    }

    private void Add(ProverRun run)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _runs.Add(run);
            _noRuns.Reset();
        }

        run.Over += Remove;
    }

    private void Remove(ProverRun run)
    {
        lock (_gate)
        {
            _runs.Remove(run);
            if (_runs.Count == 0)
            {
                _noRuns.Set();
            }
        }
    }
}
