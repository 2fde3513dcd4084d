using Akka.Cluster.Sharding;
using Akka.Hosting;
using Akka.Remote;
using Akka.Remote.Transport;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Node;
using ProverCluster.Node.Cache;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Texts;

namespace ProverCluster.Tests;

/// <summary>A node of the specs' cluster, and what can befall it.</summary>
/// <param name="node">The node.</param>
/// <param name="roles">Of it.</param>
/// <param name="mark">What <see cref="Variable"/> is in the environment of its provers.</param>
internal sealed class TestNode(ProverNode node, IReadOnlyList<string> roles, string mark)
{
    public const string Variable = "PROVER_CLUSTER_SPEC_NODE";

    private static readonly TimeSpan s_tooLong = TimeSpan.FromSeconds(60);

    public ProverNode Node { get; } = node;

    public string Name => Node.Name;

    public string Mark { get; } = mark;

    public bool IsCoordinator { get; } = roles.Contains(NodeRoles.Coordinator);

    public bool IsProver { get; } = roles.Contains(NodeRoles.Prover);

    public Akka.Cluster.Cluster Cluster { get; } = Akka.Cluster.Cluster.Get(node.System);

    public NodeBoard Board { get; } = node.Services.GetRequiredService<NodeBoard>();

    public TextStore Texts { get; } = node.Services.GetRequiredService<TextStore>();

    public IActorRef Agent => Registry.Get<NodeAgentActor>();

    /// <summary>Where goals' coordinators are reached.</summary>
    public IActorRef Goals => Registry.Get<GoalCoordinatorActor>();

    private IActorRef Flights => Registry.Get<FlightActor>();

    /// <summary>Whether its actor system has ended, however that came.</summary>
    public bool IsGone => Node.System.WhenTerminated.IsCompleted;

    private IReadOnlyActorRegistry Registry => Node.Services.GetRequiredService<IReadOnlyActorRegistry>();

    public override string ToString() => Name;

    public Task CutAsync(TestNode other) => ThrottleAsync(other, Blackhole.Instance);

    /// <summary>What the other says waits for its turn here, unless there was silence before. In busy moments more is said than comes through, so it is not to last.</summary>
    public Task SlowAsync(TestNode other) => ThrottleAsync(other, new TokenBucket(8_000, 60_000, 0, 0), ThrottleTransportAdapter.Direction.Receive);

    /// <summary>A link that was cut or slowed is as before.</summary>
    public Task HealAsync(TestNode other) => ThrottleAsync(other, Unthrottled.Instance);

    /// <summary>The goals whose coordinators are here.</summary>
    public Task<IReadOnlyList<string>> CoordinatorsAsync() => EntitiesAsync(Goals);

    /// <summary>The flights that are here.</summary>
    public Task<IReadOnlyList<string>> FlightsAsync() => EntitiesAsync(Flights);

    /// <summary>Has a goal answered by a flight.</summary>
    public async Task<GoalAnswer> FlyAsync(Goal goal, GoalDocument document, IProgress<IGoalEvent> progress, CancellationToken withdraw)
    {
        using var hold = Texts.Hold(goal.Text, document);
        var answer = new TaskCompletionSource<GoalAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var name = FlightName.Of(VerdictKey.Of(goal, document), goal);
        var listener = Node.System.ActorOf(FlightListenerActor.Props(new ListenerTools(Flights, Node.Address, TimeProvider.System), name, goal, progress, answer));
        await using var withdrawal = withdraw.UnsafeRegister(_ => listener.Tell(new GoalCommands.Withdraw(goal.Id, "not wanted any more")), null);
        return await answer.Task;
    }

    /// <summary>A text that the node has not.</summary>
    public Task<TextFetched> FetchAsync(FetchText text) => Registry.Get<TextsActor>().Ask<TextFetched>(text, s_tooLong);

    /// <summary>Done when no coordinator lives here any more, nor the way to one.</summary>
    public Task GoalsEnd()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Node.System.ActorOf(Akka.Actor.Props.Create(() => new EndWatch(Goals, end)));
        return end.Task;
    }

    /// <summary>Ends as a process does that is killed: nothing it says on its way out is heard, and its provers go with it.</summary>
    public async Task CrashAsync(IEnumerable<TestNode> others)
    {
        foreach (var other in others)
            await CutAsync(other);
        if (!IsGone)
            ((ExtendedActorSystem)Node.System).Abort();
        await Node.System.WhenTerminated.WaitAsync(s_tooLong);
        await ((IAsyncDisposable)Node.Services).DisposeAsync().AsTask().WaitAsync(s_tooLong);
    }

    /// <summary>What SIGTERM does: no new work, time for what runs, none for what still does then; and it leaves.</summary>
    public async Task DrainAsync(TimeSpan grace)
    {
        try
        {
            if (IsProver)
                await Agent.Ask<Drained>(new Drain(IsNow: false), grace);
        }
        catch (AskTimeoutException)
        {
            await Agent.Ask<Drained>(new Drain(IsNow: true), s_tooLong);
        }

        await Node.DisposeAsync().AsTask().WaitAsync(s_tooLong);
    }

    private static async Task<IReadOnlyList<string>> EntitiesAsync(IActorRef region) =>
        [.. (await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, s_tooLong)).Shards.SelectMany(shard => shard.EntityIds)];

    private async Task ThrottleAsync(TestNode other, ThrottleMode mode, ThrottleTransportAdapter.Direction direction = ThrottleTransportAdapter.Direction.Both)
    {
        var transport = ((IRemoteActorRefProvider)((ExtendedActorSystem)Node.System).Provider).Transport;
        var done = transport.ManagementCommand(new SetThrottle(other.Cluster.SelfAddress, direction, mode));
        // A node that is just coming to its end gives no answer, and has no links.
        if (await Task.WhenAny(done, Node.System.WhenTerminated) == done)
            Assert.True(await done);
    }

    private sealed class EndWatch : ReceiveActor
    {
        public EndWatch(IActorRef watched, TaskCompletionSource end)
        {
            Context.Watch(watched);
            Receive<Terminated>(_ => end.TrySetResult());
        }
    }
}
