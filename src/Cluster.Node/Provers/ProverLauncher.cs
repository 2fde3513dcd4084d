using ProverCluster.Messages.Runs;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers.Fallback;
using ProverCluster.Node.Provers.Launching;
using ProverCluster.Node.Provers.Native;
using ProverCluster.Node.Provers.Sandbox;

namespace ProverCluster.Node.Provers;

/// <summary>Starts provers and looks after them until nothing of them is left. One for a node.</summary>
internal sealed class ProverLauncher : IProverLauncher
{
    /// <summary>A larger goal is written by another thread than the one that asks for the start; about half a millisecond's worth.</summary>
    private const int MostInline = 1 << 20;

    private readonly ProverLoop _loop = new();
    private readonly NodeGuard? _guard;
    private readonly string? _bwrap;
    private readonly FallbackTools? _fallback;
    private readonly HashSet<ProverRun> _runs = [];
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _noRuns = new(true);
    private bool _disposed;

    private ProverLauncher(Confinement confinement, string? bwrap, FallbackTools? fallback)
    {
        Confinement = confinement;
        _bwrap = bwrap;
        _fallback = fallback;
        _guard = NodeGuard.Start(fallback?.Folders.OfNode);
        _loop.Post(new StrangersReaper(_loop, StrangersReaper.UsualPeriod).Look);
    }

    public Confinement Confinement { get; }

    /// <summary>Finds out what can be had, and takes it if it is wanted.</summary>
    /// <param name="wish">The configuration's <c>sandbox.mode</c>.</param>
    /// <param name="bubblewrap">The program that makes it: a name on PATH, or an absolute path.</param>
    /// <param name="folders">Where private folders go without a sandbox; null for the usual place.</param>
    /// <exception cref="InvalidOperationException">The sandbox is required and cannot be had; the message says why.</exception>
    internal static ProverLauncher Create(SandboxMode wish, string bubblewrap = "bwrap", string? folders = null)
    {
        NodeProcess.Prepare();
        if (wish == SandboxMode.Off)
            return WithoutSandbox("it is switched off", folders);

        var bwrap = SandboxProbe.FindBwrap(bubblewrap);
        if (bwrap is not null)
        {
            var launcher = new ProverLauncher(new Confinement(true, $"provers run in a sandbox ({bwrap})"), bwrap, null);
            if (SandboxProbe.Fault(launcher) is not { } fault)
                return launcher;

            launcher.Dispose();
            return wish == SandboxMode.Required ? throw Missing(fault) : WithoutSandbox(fault, folders);
        }

        return wish == SandboxMode.Required ? throw Missing(SandboxProbe.NotInstalled) : WithoutSandbox(SandboxProbe.NotInstalled, folders);
    }

    public IProverProcess Start(ProverCommand command, IProverObserver observer)
    {
        ProverRun run = _bwrap is not null
            ? new SandboxRun(_loop, _bwrap, command, observer)
            : new FallbackRun(_loop, _fallback!, command, observer);
        Add(run);
        if (command.Goal.Length <= MostInline)
            PrepareAndPost(run, command);
        else
            _ = Task.Run(() => PrepareAndPost(run, command));

        return run;
    }

    private void PrepareAndPost(ProverRun run, ProverCommand command) =>
        _loop.Post(Prepared(run, command) is { } failure ? () => run.Abandon(failure) : run.Launch);

    /// <summary>Kills every prover and waits until nothing of them is left.</summary>
    public void Dispose()
    {
        ProverRun[] left;
        bool isFirst;
        lock (_gate)
        {
            isFirst = !_disposed;
            _disposed = true;
            left = [.. _runs];
        }

        foreach (var run in left)
            run.Kill();

        // Whoever else asks for it meanwhile wants to be sure as well.
        _noRuns.Wait();
        if (!isFirst)
            return;

        _loop.Dispose();
        _fallback?.Dispose();
        _guard?.Dispose();
    }

    private static ProverLauncher WithoutSandbox(string why, string? folders) => new(
        new Confinement(false, $"no sandbox: {why}; a prover can read and write what this node can, and use the network (docs/security.md)"),
        null,
        new FallbackTools(new PrivateFolders(folders)));

    private static InvalidOperationException Missing(string why) =>
        new($"the sandbox is required but cannot be had: {why}");

    private static RunEnd.NeverStarted? Prepared(ProverRun run, ProverCommand command)
    {
        var looking = true;
        try
        {
            if (ProverFile.Fault(command) is { } fault)
                return fault;

            looking = false;
            run.Prepare();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new RunEnd.NeverStarted(looking || NativeFailure.IsOutOfDescriptors(e) ? NoStart.Failed : NoStart.InputNotWritten, e.Message);
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
                _noRuns.Set();
        }
    }
}
