using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Runners;

namespace ProverCluster.Node.Nodes;

/// <summary>
/// Gives a node's slots to runs, and is the parent of their runners. Answers every <see cref="RunCommands.Start"/> with exactly
/// one <see cref="RunEvents.Ended"/>, whatever becomes of the runner. A slot is free again only when nothing of its run is alive,
/// since a killed prover's memory is used until then.
/// </summary>
internal sealed class NodeAgentActor : ReceiveActor
{
    private readonly RunnerTools _tools;
    private readonly Dictionary<RunId, RunRequest> _requests = [];
    private readonly Dictionary<RunId, IActorRef> _runners = [];
    private SlotQueue _queue;

    public NodeAgentActor(RunnerTools tools, SlotQueue queue)
    {
        _tools = tools;
        _queue = queue;
        Receive<RunCommands.Start>(OnStart);
        Receive<RunCommands.Preempt>(OnPreempt);
        Receive<RunCommands.Finish>(finish => _runners.GetValueOrDefault(finish.Run)?.Forward(finish));
        Receive<RunEvents.Ended>(OnEnded);
        Receive<RunnerGone>(gone => OnGone(gone.Run));
    }

    public static Props Props(RunnerTools tools, SlotQueue queue) => Akka.Actor.Props.Create(() => new NodeAgentActor(tools, queue));

    /// <summary>A runner that fails is not restarted: it kills its process as it stops, and the race is told.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    private void OnStart(RunCommands.Start start)
    {
        // The same request twice is one run.
        if (_requests.ContainsKey(start.Run))
            return;

        if (_queue.IsFull)
        {
            var refusal = new RunEnd.NeverStarted(NoStart.Failed, $"the queue of node {_tools.Node} is full: {_queue.Limit} runs wait");
            Answer(Sender, start.Run, refusal);
            return;
        }

        _requests[start.Run] = new RunRequest(start, Sender, _tools.Clock.GetTimestamp());
        _queue = _queue.Enqueue(start.Run);
        StartNext();
    }

    private void OnPreempt(RunCommands.Preempt preempt)
    {
        if (_runners.TryGetValue(preempt.Run, out var runner))
        {
            runner.Forward(preempt);
        }
        else if (_requests.Remove(preempt.Run, out var request))
        {
            _queue = _queue.Remove(preempt.Run);
            Answer(request.Coordinator, preempt.Run, new RunEnd.NeverStarted(NoStart.Stopped, preempt.Stop.Cause));
        }
    }

    private void OnEnded(RunEvents.Ended ended)
    {
        if (!_requests.Remove(ended.Run, out var request))
            return;

        request.Coordinator.Tell(ended);
        // Its slot is free in a moment, and the coordinator's Preempt for those that wait may come later than that.
        if (request.Start.FirstVerdictEnds && ended.Report.Said.Verdict.IsDecisive())
            _queue = _queue.Hold(ended.Run);
    }

    private void OnGone(RunId run)
    {
        if (_requests.Remove(run, out var request))
            Answer(request.Coordinator, run, new RunEnd.Lost("its runner stopped without a report"));
        _runners.Remove(run);
        _queue = _queue.Remove(run);
        StartNext();
    }

    private void StartNext()
    {
        while (true)
        {
            (_queue, var run) = _queue.Next();
            if (run is null)
                return;

            // The id is unique for the node's life but '/' cannot stand in an actor's name.
            var runner = Context.ActorOf(ProverRunnerActor.Props(_requests[run], _tools), run.ToString().Replace('/', '-'));
            _runners[run] = Context.WatchWith(runner, new RunnerGone(run));
        }
    }

    private void Answer(IActorRef coordinator, RunId run, RunEnd end) =>
        coordinator.Tell(new RunEvents.Ended(run, _tools.Node, null, new RunReport(end, null, RunSaying.Nothing, RunTimes.None, RunUsage.None)));

    private sealed record RunnerGone(RunId Run) : INoSerializationVerificationNeeded;
}
