using Akka.Actor;
using Akka.Cluster.Sharding;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Runners;

namespace ProverCluster.Node.Inspection;

/// <summary>
/// Answers for its node whoever operates the cluster, on whichever node they are. It asks the node's own actors, and waits for them for a moment only: what has not been
/// said by then is missing in the answer, and the answer is not late.
/// </summary>
internal sealed class InspectorActor : ReceiveActor
{
    /// <summary>The same on every node.</summary>
    public const string Name = "inspector";

    /// <summary>How long an actor of this node may take to answer: less than whoever asked waits for this one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>How many of a run's processes are named: as many as it may have.</summary>
    private const int MostProcesses = Provers.ProverSample.MostProcesses;

    private readonly InspectorTools _tools;
    private readonly ActorSystem _system = Context.System;
    private readonly long _began;

    public InspectorActor(InspectorTools tools)
    {
        (_tools, _began) = (tools, tools.Clock.GetTimestamp());
        Receive<NodeQuestions.Describe>(_ => Sender.Tell(
            new NodeAnswers.Described(tools.Node, ProgramVersion.Number, ActorRuntime.Name, tools.Clock.GetElapsedTime(_began))));
        Receive<NodeQuestions.Runs>(_ => RunsAsync().PipeTo(Sender));
        Receive<NodeQuestions.Shards>(_ => ShardsAsync().PipeTo(Sender));
        Receive<NodeQuestions.Actors>(asked => ActorsAsync(asked).PipeTo(Sender));
        Receive<NodeQuestions.Leave>(_ => Leave());
        // An answer that could not be given is no answer: whoever asked waits no longer than it would.
        Receive<Status.Failure>(_ => { });
    }

    public static Props Props(InspectorTools tools) => Akka.Actor.Props.Create(() => new InspectorActor(tools));

    /// <summary>In the one way in which a node ends: it drains first.</summary>
    private void Leave()
    {
        Sender.Tell(new NodeAnswers.Leaving(_tools.Node));
        CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
    }

    private async Task<NodeAnswers.Runs> RunsAsync()
    {
        var known = _tools.Agent is { } agent ? await AskAsync<AgentRuns>(agent, ListRuns.Instance) : null;
        var runs = await Task.WhenAll((known?.Runs ?? []).OrderByDescending(run => run.Age).Select(MeasureAsync));
        return new NodeAnswers.Runs(_tools.Node, runs);
    }

    private async Task<RunView> MeasureAsync(AgentRunView run)
    {
        var measured = run.Runner is { } runner ? await AskAsync<RunMeasure>(runner, Measure.Instance) : null;
        var use = measured?.Use is { } all ? all with { Processes = [.. all.Processes!.Take(MostProcesses)] } : null;
        return new RunView(run.Run, run.Run.Backend, measured?.Stage ?? run.Stage, run.Age, use);
    }

    private async Task<NodeAnswers.Shards> ShardsAsync()
    {
        var states = await Task.WhenAll(_tools.Regions.Select(async region => (region.Name, State: await AskAsync<CurrentShardRegionState>(region.Region, GetShardRegionState.Instance))));
        return new NodeAnswers.Shards(_tools.Node, [.. states.Where(each => each.State is not null).SelectMany(each => ShardsOf(each.Name, each.State!))]);
    }

    private IEnumerable<ShardView> ShardsOf(string region, CurrentShardRegionState state) => state.Shards
        .Select(shard => new ShardView(region, shard.ShardId, _tools.Node, shard.EntityIds.Count))
        .Concat(state.Failed.Select(shard => new ShardView(region, shard, _tools.Node, null)));

    private async Task<NodeAnswers.Actors> ActorsAsync(NodeQuestions.Actors asked)
    {
        // Not in the actor: a large tree takes milliseconds.
        var (actors, isTruncated) = await Task.Run(() => ActorTree.Below(_system, asked.Path, asked.Depth, asked.Limit));
        var views = await Task.WhenAll(actors.Select(async actor => new ActorView(
            actor.Actor.Path.ToStringWithoutAddress(),
            actor.Kind.Name,
            actor.Mailbox,
            actor.Children,
            actor.IsDescribed ? await AskAsync<ActorWords>(actor.Actor, Inspection.Describe.Instance) : null)));
        return new NodeAnswers.Actors(_tools.Node, views, isTruncated);
    }

    private static async Task<T?> AskAsync<T>(IActorRef actor, object question)
        where T : class
    {
        try
        {
            return await actor.Ask<T>(question, Patience);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}

/// <summary>What an inspector needs.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Agent">The node's agent; null where no provers run.</param>
/// <param name="Regions">The node's part of what is sharded; none where nothing is.</param>
/// <param name="Clock">The node's.</param>
internal sealed record InspectorTools(string Node, IActorRef? Agent, IReadOnlyList<(string Name, IActorRef Region)> Regions, TimeProvider Clock);
