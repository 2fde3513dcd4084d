using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Runners;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Nodes;

/// <summary>
/// Gives a node's slots to runs, and is the parent of their runners. Every <see cref="RunCommands.Start"/> is refused or ends with
/// <see cref="RunEvents.Ended"/>, whatever becomes of the runner, and that is told until it is heard. A slot is free again only when nothing of its run is
/// alive, since a killed prover's memory is used until then.
/// </summary>
internal sealed partial class NodeAgentActor : ReceiveActor, IWithTimers, IDescribed
{
    private readonly AgentTools _tools;
    private readonly AgentGoals _goals = new();
    private readonly Dictionary<RunId, AgentRun> _runs = [];

    /// <summary>Runs that were refused, and when. Asked for again before its coordinator hears so, one would run here, and where it was placed instead.</summary>
    private readonly Dictionary<RunId, long> _refused = [];
    private readonly long _began;
    private SlotQueue _queue;
    private bool _isDraining;

    public NodeAgentActor(AgentTools tools)
    {
        _tools = tools;
        _queue = new SlotQueue(tools.Slots, tools.QueueLimit);
        _backends = tools.Backends;
        _began = Timestamp;
        Receive<RunCommands.Start>(OnStart);
        Receive<RunCommands.Preempt>(OnPreempt);
        Receive<RunCommands.Finish>(finish => _runs.GetValueOrDefault(finish.Run)?.Runner?.Forward(finish));
        Receive<RunCommands.Heard>(OnHeard);
        Receive<ISlotCommand>(OnSlotCommand);
        Receive<RunEvents.Ended>(OnEnded);
        Receive<RunnerGone>(gone => OnRunnerGone(gone.Run));
        Receive<ProverLeft>(left => _runs[left.Run].IsProverLeft = true);
        Receive<LeftProverGone>(gone => OnLeftProverGone(gone.Run));
        Receive<TextFetched>(OnTextFetched);
        Receive<CoordinatorGone>(gone => _goals.Orphan(gone.Goal, gone.Coordinator, Timestamp));
        Receive<Audience>(OnAudience);
        Receive<Drain>(OnDrain);
        Receive<OfferDue>(_ => TellOffer());
        Receive<BackendsKnown>(OnBackendsKnown);
        Receive<UpkeepDue>(_ => OnUpkeep());
        Receive<Describe>(_ => Sender.Tell(new ActorWords(_isDraining ? "draining" : "working", Elapsed(_began))));
        Receive<ListRuns>(_ => Sender.Tell(new AgentRuns([.. _runs.Values.Select(run => run.View(Elapsed(run.Request.ReceivedAt)))])));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private long Timestamp => _tools.Runners.Clock.GetTimestamp();

    private TimeSpan Elapsed(long since) => _tools.Runners.Clock.GetElapsedTime(since);

    public static Props Props(AgentTools tools) => Akka.Actor.Props.Create(() => new NodeAgentActor(tools));

    /// <summary>A runner that fails is not restarted: it kills its process as it stops, and the race is told.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    /// <summary>What it knew of its runs is gone, and their provers with it: a node that goes on as if nothing had been would leave their races hanging.</summary>
    protected override void PostRestart(Exception reason) =>
        CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClrExitReason.Instance);

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(UpkeepDue.Instance, UpkeepDue.Instance, UpkeepPeriod);
        _tools.Versions?.Invoke().PipeTo(Self, success: backends => new BackendsKnown(backends));
    }

    private void OnStart(RunCommands.Start start)
    {
        var run = start.Run;
        if (!Obeys(run.Goal, run.Incarnation))
            Refuse(run, Refusal.Superseded);
        else if (_runs.TryGetValue(run, out var known))
            TellAgain(known);
        else if (_isDraining)
            Refuse(run, Refusal.Draining);
        else if (!_queue.HasSlotFor(run) || (start.Grant is null && _refused.ContainsKey(run)))
            Refuse(run, Refusal.Full);
        else
            Begin(start);
    }

    private void Begin(RunCommands.Start start)
    {
        var run = new AgentRun(new RunRequest(start, _tools.Goals, Timestamp));
        _runs[start.Run] = run;
        _queue = _queue.Occupy(start.Run);
        OfferChanged();
        if (_tools.Texts.TryHold(start.Text, out var hold))
            StartRunner(run, hold);
        else
            _tools.Fetcher.Tell(new FetchText(start.Run.Goal, start.Text, start.Language, start.Source));
    }

    private void StartRunner(AgentRun run, IDisposable hold)
    {
        _goals.Keep(run.Id.Goal, hold);
        // The id is unique for the node's life but '/' cannot stand in an actor's name.
        run.Runner = Context.ActorOf(ProverRunnerActor.Props(run.Request, _tools.Runners), run.Id.ToString().Replace('/', '-'));
        Context.WatchWith(run.Runner, new RunnerGone(run.Id));
    }

    private void OnTextFetched(TextFetched fetched)
    {
        foreach (var run in _runs.Values.Where(run => run.Awaits(fetched.Text)).ToArray())
        {
            if (_tools.Texts.TryHold(fetched.Text, out var hold))
                StartRunner(run, hold);
            else
                EndWithoutRunner(run, new RunEnd.Lost($"the goal's text could not be fetched: {fetched.Fault ?? "it was forgotten at once"}"));
        }
    }

    private void OnPreempt(RunCommands.Preempt preempt)
    {
        if (!_runs.TryGetValue(preempt.Run, out var run))
            Tell(Report(preempt.Run, new RunEnd.NeverStarted(NoStart.Stopped, preempt.Stop.Cause)));
        else if (run.Last is not null)
            Tell(run.Last);
        else if (run.Runner is { } runner)
            runner.Forward(preempt);
        else
            EndWithoutRunner(run, new RunEnd.NeverStarted(NoStart.Stopped, preempt.Stop.Cause));
    }

    private void OnEnded(RunEvents.Ended ended)
    {
        if (_runs.TryGetValue(ended.Run, out var run) && run.Last is null)
            End(run, ended);
    }

    private void OnRunnerGone(RunId id)
    {
        if (!_runs.TryGetValue(id, out var run))
            return;

        if (run.Last is null)
            End(run, Report(id, new RunEnd.Lost("its runner stopped without a report")));
        run.Runner = null;
        if (!run.IsProverLeft)
            Free(run);
    }

    private void OnLeftProverGone(RunId id)
    {
        if (!_runs.TryGetValue(id, out var run))
            return;

        run.IsProverLeft = false;
        if (run.Runner is null)
            Free(run);
    }

    private void EndWithoutRunner(AgentRun run, RunEnd end, RunStop? stop = null)
    {
        End(run, Report(run.Id, end, stop));
        var text = run.Request.Start.Text;
        if (!_runs.Values.Any(other => other.Awaits(text)))
            _tools.Fetcher.Tell(new UnwantText(text));
        Free(run);
    }

    private void End(AgentRun run, RunEvents.Ended ended)
    {
        run.Last = ended;
        Tell(ended);
    }

    private void Free(AgentRun run)
    {
        _queue = _queue.Release(run.Id);
        Forget(run);
        Grant();
        OfferChanged();
    }

    private void OnHeard(RunCommands.Heard heard)
    {
        if (_runs.GetValueOrDefault(heard.Run) is not { Last: not null } run)
            return;
        run.IsHeard = true;
        Forget(run);
    }

    /// <summary>A run is forgotten when nothing of it is alive and its coordinator knows.</summary>
    private void Forget(AgentRun run)
    {
        if (!run.IsHeard || run.Runner is not null || run.IsProverLeft)
            return;
        _runs.Remove(run.Id);
        ForgetGoal(run.Id.Goal);
        TellDrained();
    }

    private void OnSlotCommand(ISlotCommand command)
    {
        if (!Obeys(command.Goal, command.Incarnation))
        {
            Tell(new SlotEvents.NotWaiting(command.Goal, command.Incarnation, _tools.Runners.Node, Refusal.Superseded));
            return;
        }

        switch (command)
        {
            case SlotCommands.Want want:
                OnWant(want);
                break;
            case SlotCommands.Pass pass:
                _queue = _queue.Return(pass.Grant, pass.Rank);
                break;
            case SlotCommands.Unwant:
                _queue = _queue.Leave(command.Goal);
                break;
            case SlotCommands.Claim:
                // Whom the node obeys is settled already.
                break;
        }

        Grant();
        OfferChanged();
        ForgetGoal(command.Goal);
    }

    private void OnWant(SlotCommands.Want want)
    {
        Refusal? refusal = _isDraining ? Refusal.Draining : null;
        if (refusal is null && _queue.Enqueue(want.Goal, want.Incarnation, want.Rank) is { } queue)
            _queue = queue;
        else
            Tell(new SlotEvents.NotWaiting(want.Goal, want.Incarnation, _tools.Runners.Node, refusal ?? Refusal.Full));
    }

    private void Grant()
    {
        while (_queue.Next(Timestamp, IsSilent) is (var queue, { } grant))
        {
            _queue = queue;
            TellGrant(grant);
        }
    }

    private void TellGrant(SlotGrant grant) =>
        Tell(new SlotEvents.Granted(grant.Waiting.Goal, grant.Waiting.Incarnation, _tools.Runners.Node, grant.Number, grant.Next));

    private void TellAgain(AgentRun run)
    {
        if (run.Last is { } last)
            Tell(last);
        else
            run.Runner?.Tell(TellStart.Instance);
    }

    private void Refuse(RunId run, Refusal why)
    {
        _refused[run] = Timestamp;
        Tell(new RunEvents.Refused(run, _tools.Runners.Node, why));
        ForgetGoal(run.Goal);
    }

    private void Tell(object message) => _tools.Goals.Tell(message);

    private RunEvents.Ended Report(RunId run, RunEnd end, RunStop? stop = null) =>
        new(run, _tools.Runners.Node, null, new RunReport(end, stop, RunSaying.Nothing, RunTimes.None, RunUsage.None));
}
