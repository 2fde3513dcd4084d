using Akka.Actor;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Runners;

/// <summary>
/// Owns one prover's process from its start until nothing of it is alive; then it tells its parent and stops. What it does at a
/// tick is decided by <see cref="RunnerPlan"/>.
/// </summary>
internal sealed class ProverRunnerActor : ReceiveActor, IDescribed
{
    private static readonly TimeSpan VersionPatience = TimeSpan.FromSeconds(1);

    private readonly RunRequest _request;
    private readonly RunnerTools _tools;
    private RunnerPlan _plan;
    private PreparedRun? _prepared;
    private IProverProcess? _process;
    private ProverWatch? _watch;
    private ITickSubscription? _ticks;
    private ProverSample _sample;
    private bool _isReported;

    public ProverRunnerActor(RunRequest request, RunnerTools tools)
    {
        _request = request;
        _tools = tools;
        _plan = new RunnerPlan(Start.Limits, tools.Linger);
        Receive<Tick>(_ =>
        {
            OnTick();
            _ticks?.Taken();
        });
        Receive<RunCommands.Preempt>(preempt => _plan = _plan.OnPreempt(preempt.Stop, Now));
        Receive<RunCommands.Finish>(_ => _plan = _plan.OnFinish(Now));
        Receive<ProverStarted>(OnStarted);
        Receive<ProverConcluded>(OnConcluded);
        Receive<ProverEnded>(ended => _plan = _plan.OnEnded(SinceReceipt(ended.At)));
        Receive<ProverReaped>(OnReaped);
        Receive<LastWord>(OnLastWord);
        Receive<TellStart>(_ => TellStarted());
        Receive<Describe>(_ => Sender.Tell(new ActorWords(Stage.Word(), Now, Start.Run.Goal, Start.Run)));
        Receive<Measure>(_ => Sender.Tell(new RunMeasure(Stage, Use())));
    }

    private RunCommands.Start Start => _request.Start;

    private TimeSpan Now => SinceReceipt(_tools.Clock.GetTimestamp());

    private RunStage Stage =>
        _isReported ? RunStage.Ended
        : _plan.Stopped is not null ? RunStage.Stopping
        : _plan.Started is null ? RunStage.Starting
        : RunStage.Running;

    public static Props Props(RunRequest request, RunnerTools tools) => Akka.Actor.Props.Create(() => new ProverRunnerActor(request, tools));

    protected override void PreStart()
    {
        // While it waited its time may have run out, and on a busy machine its coordinator hears of that later than of a free slot.
        if (Now >= Start.Limits.Deadline)
        {
            var stop = new RunStop(StopReason.TimedOut, RunnerPlan.Deadline);
            Report(new RunReport(new RunEnd.NeverStarted(NoStart.Stopped, stop.Cause), stop, RunSaying.Nothing, RunTimes.None, RunUsage.None));
            return;
        }

        _prepared = _tools.Preparation.Prepare(Start);
        if (_prepared.Failure is { } failure)
        {
            Report(new RunReport(failure, null, RunSaying.Nothing, RunTimes.None, RunUsage.None));
            return;
        }

        _ticks = _tools.Ticks.Subscribe(Self);
        _watch = new ProverWatch(_prepared.Reading!, Self, _tools.Clock);
        _process = _tools.Launcher.Start(_prepared.Command!, _watch);
    }

    protected override void PostStop()
    {
        _ticks?.Dispose();
        // Whatever stops the runner, no prover outlives it; after a report there is nothing left to kill.
        _process?.Kill();
        if (_process is not null)
            _watch?.LeaveTo(Context.Parent, Start.Run);
    }

    private void OnTick()
    {
        if (_process is null || _plan.Stopped is not null)
            return;

        _sample = _process.Sample();
        _plan = _plan.OnTick(_sample, Now);
        if (_plan.Stopped is not null)
            _process.Kill();
    }

    private void OnStarted(ProverStarted started)
    {
        _plan = _plan.OnStarted(SinceReceipt(started.At));
        TellStarted();
    }

    private void TellStarted()
    {
        if (_plan.Started is { } at)
            TellCoordinator(new RunEvents.Started(Start.Run, _tools.Node, at));
    }

    private void OnConcluded(ProverConcluded concluded)
    {
        var before = _plan;
        _plan = before.OnConcluded(concluded.Saying, SinceReceipt(concluded.At));
        if (!ReferenceEquals(_plan, before))
            TellConclusion(concluded.Saying, SinceReceipt(concluded.At));
    }

    private void OnReaped(ProverReaped reaped)
    {
        var report = _plan.Report(reaped.End, reaped.Saying, reaped.Usage, SinceReceipt(reaped.At));
        if (_plan.Conclusion is null && report.Said.Verdict.IsDecisive())
            TellConclusion(report.Said, report.Times.Verdict!.Value);
        Report(report);
    }

    private void TellConclusion(RunSaying saying, TimeSpan at) =>
        TellCoordinator(new RunEvents.Concluded(Start.Run, saying.Verdict, saying.Szs, at));

    /// <summary>In the agent's name, to whom the answer should go.</summary>
    private void TellCoordinator(IRunEvent told) => _request.Goals.Tell(told, Context.Parent);

    /// <summary>
    /// Tells the end. The first run of a backend asks it for its version, only now, since a race has no processor to spare. An
    /// answer that does not come soon is for later runs; and whoever gave the goal up waits for nothing more.
    /// </summary>
    private void Report(RunReport report)
    {
        _ticks?.Dispose();
        _isReported = true;
        _tools.Metrics.CountStop(report);
        LastWordAsync((report with { Arguments = report.Said.Verdict.IsDecisive() ? _prepared?.Command?.Arguments : null }).Bounded(), Start.Limits.Deadline - Now).PipeTo(Self);
    }

    /// <summary>Never fails.</summary>
    private async Task<LastWord> LastWordAsync(RunReport report, TimeSpan left)
    {
        var version = _prepared is null || report.Stop?.Reason == StopReason.Withdrawn ? Task.FromResult<string?>(null) : _prepared.Version();
        string? told = null;
        try
        {
            told = await version.WaitAsync(VersionPatience, _tools.Clock);
        }
        catch (Exception)
        {
            // A later run tells it.
        }

        if (report.Said.Output is not ProverOutput.Inline output || _tools.Keep is not { } keep)
            return new LastWord(report, told);
        // Megabytes are not hashed between two messages.
        var kept = await Task.Run(() => keep(Start.Run, output, left));
        return new LastWord(report with { Said = report.Said with { Output = kept } }, told);
    }

    /// <summary>As the last tick has seen it: ticks alone decide, and whoever looks changes nothing.</summary>
    private RunUse? Use()
    {
        if (_process is null || _plan.Started is null || _isReported)
            return null;
        var (last, worst) = _ticks?.Lateness ?? default;
        return new RunUse(_process.Processes(), _sample.Cpu, _sample.RssBytes, _sample.OutputBytes, last, worst);
    }

    private void OnLastWord(LastWord word)
    {
        Context.Parent.Tell(new RunEvents.Ended(Start.Run, _tools.Node, word.Version, word.Report));
        Context.Stop(Self);
    }

    private TimeSpan SinceReceipt(long timestamp) => _tools.Clock.GetElapsedTime(_request.ReceivedAt, timestamp);

    private sealed record LastWord(RunReport Report, string? Version) : INoSerializationVerificationNeeded;
}

/// <summary>To a runner: what does your run use? Answered with <see cref="RunMeasure"/>.</summary>
internal sealed class Measure : INoSerializationVerificationNeeded
{
    public static readonly Measure Instance = new();

    private Measure()
    {
    }
}

internal sealed record RunMeasure(RunStage Stage, RunUse? Use) : INoSerializationVerificationNeeded;

/// <summary>Tell the run's start again, if it has started: its coordinator may not have heard.</summary>
internal sealed class TellStart : INoSerializationVerificationNeeded
{
    public static readonly TellStart Instance = new();
}
