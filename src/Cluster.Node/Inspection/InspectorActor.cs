using Akka.Actor;
using Akka.Cluster.Sharding;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Runners;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Inspection;

/// <summary>
/// Answers for its node whoever operates the cluster, on whichever node they are. It asks the node's own actors, and waits for them for a moment only. What a single one
/// has not said by then is missing in the answer; where nothing could be said, there is none, and whoever asked takes this node for silent.
/// </summary>
internal sealed class InspectorActor : ReceiveActor
{
    /// <summary>The same on every node.</summary>
    public const string Name = "inspector";

    /// <summary>How long an actor of this node may take to answer: less than whoever asked waits for this one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a region may: it asks its shards in turn, and waits for them for a second.</summary>
    private static readonly TimeSpan RegionPatience = TimeSpan.FromSeconds(2);

    /// <summary>How many of a run's processes are named: as many as it may have.</summary>
    private const int MostProcesses = Provers.ProverSample.MostProcesses;

    private readonly InspectorTools _tools;
    private readonly ActorSystem _system = Context.System;
    private readonly NodeLog _log = NodeLog.Of(Context);
    private readonly long _began;

    public InspectorActor(InspectorTools tools)
    {
        (_tools, _began) = (tools, tools.Clock.GetTimestamp());
        Receive<NodeQuestions.Describe>(_ => Sender.Tell(
            new NodeAnswers.Described(tools.Node, ProgramVersion.Number, ActorRuntime.Name, tools.Clock.GetElapsedTime(_began))));
        Receive<NodeQuestions.Runs>(_ => Answer(RunsAsync()));
        Receive<NodeQuestions.Shards>(_ => Answer(ShardsAsync()));
        Receive<NodeQuestions.Actors>(asked => Answer(ActorsAsync(asked)));
        Receive<NodeQuestions.Leave>(_ => Leave());
        Receive<Answered>(answered => Sender.Tell(answered.Answer));
        Receive<NotAnswered>(_ => { });
        Receive<Status.Failure>(failure => _log.Tell(LogLines.QuestionFailed(failure.Cause)));
    }

    public static Props Props(InspectorTools tools) => Akka.Actor.Props.Create(() => new InspectorActor(tools));

    /// <summary>In the one way in which a node ends: it drains first.</summary>
    private void Leave()
    {
        Sender.Tell(new NodeAnswers.Leaving(_tools.Node));
        CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
    }

    /// <summary>Through this actor's mailbox, in the name of whoever asked.</summary>
    private void Answer<T>(Task<T?> answer)
        where T : class, INodeAnswer =>
        answer.PipeTo(Self, Sender, success: told => told is null ? NotAnswered.Instance : (object)new Answered(told));

    private async Task<NodeAnswers.Runs?> RunsAsync()
    {
        if (_tools.Agent is not { } agent)
            return new NodeAnswers.Runs(_tools.Node, []);
        if (await AskAsync<AgentRuns>(agent, ListRuns.Instance, Patience) is not { } known)
            return null;
        return new NodeAnswers.Runs(_tools.Node, await Task.WhenAll(known.Runs.OrderByDescending(run => run.Age).Select(MeasureAsync)));
    }

    private async Task<RunView> MeasureAsync(AgentRunView run)
    {
        var measured = run.Runner is { } runner ? await AskAsync<RunMeasure>(runner, Measure.Instance, Patience) : null;
        var use = measured?.Use is { } all ? all with { Processes = [.. all.Processes!.Take(MostProcesses)] } : null;
        return new RunView(run.Run, run.Run.Backend, measured?.Stage ?? run.Stage, run.Age, use);
    }

    private async Task<NodeAnswers.Shards?> ShardsAsync()
    {
        var states = await Task.WhenAll(_tools.Regions.Select(region => AskAsync<CurrentShardRegionState>(region.Region, GetShardRegionState.Instance, RegionPatience)));
        return states.Contains(null) ? null : new NodeAnswers.Shards(_tools.Node, [.. _tools.Regions.Zip(states, (region, state) => ShardsOf(region.Name, state!)).SelectMany(each => each)]);
    }

    private IEnumerable<ShardView> ShardsOf(string region, CurrentShardRegionState state) => state.Shards
        .Select(shard => new ShardView(region, shard.ShardId, _tools.Node, shard.EntityIds.Count))
        .Concat(state.Failed.Select(shard => new ShardView(region, shard, _tools.Node, null)));

    private async Task<NodeAnswers.Actors?> ActorsAsync(NodeQuestions.Actors asked)
    {
        // Not in the actor: a large tree takes milliseconds.
        var (actors, isTruncated) = await Task.Run(() => ActorTree.Below(_system, asked.Path, asked.Depth, asked.Limit));
        var views = await Task.WhenAll(actors.Select(async actor => new ActorView(
            actor.Actor.Path.ToStringWithoutAddress(),
            actor.Kind.Name,
            actor.Mailbox,
            actor.Children,
            actor.IsDescribed ? await AskAsync<ActorWords>(actor.Actor, Inspection.Describe.Instance, Patience) : null)));
        return new NodeAnswers.Actors(_tools.Node, views, isTruncated);
    }

    private static async Task<T?> AskAsync<T>(IActorRef actor, object question, TimeSpan patience)
        where T : class
    {
        try
        {
            return await actor.Ask<T>(question, patience);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private sealed record Answered(INodeAnswer Answer) : INoSerializationVerificationNeeded;

    private sealed class NotAnswered : INoSerializationVerificationNeeded
    {
        public static readonly NotAnswered Instance = new();
    }
}

/// <summary>What an inspector needs.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Agent">The node's agent; null where no provers run.</param>
/// <param name="Regions">The node's part of what is sharded; none where nothing is.</param>
/// <param name="Clock">The node's.</param>
internal sealed record InspectorTools(string Node, IActorRef? Agent, IReadOnlyList<(string Name, IActorRef Region)> Regions, TimeProvider Clock);
