using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Backends.Readings;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Runners;

namespace ProverCluster.Node.Tests.Runners;

/// <summary>A launcher whose processes do what a spec tells them, and nothing by themselves.</summary>
internal sealed class FakeLauncher : IProverLauncher
{
    private readonly List<FakeProver> _started = [];

    public RunEnd.NeverStarted? Failure { get; set; }

    public IReadOnlyList<FakeProver> Started
    {
        get
        {
            lock (_started)
                return [.. _started];
        }
    }

    public Confinement Confinement { get; } = new(false, "nothing is started");

    public IProverProcess Start(ProverCommand command, IProverObserver observer)
    {
        var prover = new FakeProver(command.Run, observer);
        lock (_started)
            _started.Add(prover);
        if (Failure is null)
            observer.Started();
        else
            observer.Reaped(Failure, RunUsage.None);
        return prover;
    }

    public void Dispose()
    {
    }
}

internal sealed class FakeProver(string run, IProverObserver observer) : IProverProcess
{
    private int _kills;

    public string Run => run;

    public bool IsKilled => Volatile.Read(ref _kills) > 0;

    public ProverSample Now { get; set; }

    public void Kill() => Interlocked.Increment(ref _kills);

    /// <summary>Whether a look at it fails, and its runner with it.</summary>
    public bool IsBroken { get; set; }

    public ProverSample Sample() => IsBroken ? throw new InvalidOperationException("a defect") : Now;

    public IReadOnlyList<int> Processes() => [.. Enumerable.Range(4711, Now.Processes)];

    public void Prints(string text)
    {
        observer.Printed(ProverStream.Stdout, System.Text.Encoding.UTF8.GetBytes(text));
        observer.Drained();
    }

    public void Ends(int exit = 0)
    {
        observer.Ended();
        observer.Reaped(new RunEnd.Exited(exit), RunUsage.None);
    }

    public void Dies()
    {
        observer.Ended();
        observer.Reaped(new RunEnd.Signalled(9), RunUsage.None);
    }
}

/// <summary>Reads "proved" and "refuted"; an exclamation mark after it makes it conclusive at once; "crash" breaks it.</summary>
internal sealed class FakeReading : IOutputReading
{
    private string _text = "";

    public bool IsConclusive => _text.EndsWith('!');

    public void Stdout(ReadOnlySpan<byte> bytes)
    {
        _text += System.Text.Encoding.UTF8.GetString(bytes);
        if (_text == "crash")
            throw new InvalidOperationException("cannot read that");
    }

    public void Stderr(ReadOnlySpan<byte> bytes)
    {
    }

    public void Result(ReadOnlySpan<byte> bytes)
    {
    }

    public RunSaying Conclude(RunEnd? end) => _text.TrimEnd('!') switch
    {
        "proved" => new RunSaying(Verdict.Proved, SzsStatus.Unsatisfiable),
        "refuted" => new RunSaying(Verdict.Refuted, SzsStatus.Satisfiable),
        _ => RunSaying.Nothing,
    };
}

/// <summary>Prepares any backend's run; one called "missing" cannot be, one called "broken" throws.</summary>
internal sealed class FakePreparation : IRunPreparation
{
    public PreparedRun Prepare(RunCommands.Start start) => start.Run.Backend.Value switch
    {
        "missing" => PreparedRun.Failed(NoStart.Unavailable, "missing is not on PATH"),
        "broken" => throw new InvalidOperationException("a defect"),
        _ => PreparedRun.Ready(
            new ProverCommand(start.Run.ToString(), "/bin/true", [], new Dictionary<string, string>(), [], default, "goal.smt2", null, 0),
            new FakeReading(),
            () => Task.FromResult<string?>("1.0")),
    };
}
