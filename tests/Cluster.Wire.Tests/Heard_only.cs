using Akka.Actor;
using Akka.Configuration;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Nodes;

namespace ProverCluster.Wire;

/// <summary>A node that is heard while no connection to it can be made: Akka.Remote takes what is sent there for dead letters, and whoever has begun to watch an actor there is told that nobody has seen it.</summary>
public sealed class Heard_only
{
    [Fact]
    public async Task Is_not_taken_for_gone()
    {
        await using var relay = new Relay();
        var here = Start("hostname = 127.0.0.1, port = 0");
        var there = Start($"hostname = {Relay.Behind}, port = {relay.Port}, public-hostname = 127.0.0.1");
        var board = new NodeBoard();
        here.ActorOf(NodeBoardActor.Props(board), BoardHosting.Name);
        var gone = new TaskCompletionSource<Terminated>(TaskCreationOptions.RunContinuationsAsynchronously);
        here.ActorOf(Props.Create(() => new Watcher(gone)), "watcher");
        var (toBoard, toWatcher) = (SeenThere(BoardHosting.Name), SeenThere("watcher"));
        var agent = there.ActorOf(Props.Create(() => new Echo()), "agent");
        await Restarted.AnswersAsync(NodeNames.Find(here, Two_systems.AddressOf(there), "agent"));

        // From now on there is a way from there to here, and none back.
        await relay.CloseAsync();
        toWatcher.Tell("watch me", agent);
        await HeardAsync(1);
        await Eventually.True(() => Said(() => toWatcher.Tell("watch me", agent), gone.Task.IsCompleted), "the watcher is told of the end of what it watches");
        var told = await gone.Task;
        Assert.Equal((agent.Path.Name, false, false, false), (told.ActorRef.Path.Name, told.ExistenceConfirmed, told.AddressTerminated, told.IsCertain()));
        await HeardAsync(2);
        await Task.WhenAll(here.Terminate(), there.Terminate());

        IActorRef SeenThere(string name) => NodeNames.Find(there, Two_systems.AddressOf(here), name);
        Task HeardAsync(int waiting) => Eventually.True(
            () => Said(
                () => toBoard.Tell(new NodeEvents.Offered(NodeNames.Of(Two_systems.AddressOf(there)), [], 2, 2, waiting, IsDraining: false, Life: 7), agent),
                board.Nodes.Values.SingleOrDefault()?.Offered.Waiting == waiting),
            $"offer {waiting} is heard");
    }

    [Theory]
    [InlineData("akka.tcp://prover-cluster@127.0.0.1:1/user/agent", true, false, true)]
    [InlineData("akka.tcp://prover-cluster@127.0.0.1:1/user/agent", false, false, false)]
    [InlineData("akka.tcp://prover-cluster@127.0.0.1:1/user/agent", false, true, false)]
    [InlineData("/user/agent", false, false, true)]
    public async Task Has_ended_for_certain_only_if_somebody_has_seen_it(string path, bool isSeen, bool isOfAddress, bool isCertain)
    {
        var here = Start("hostname = 127.0.0.1, port = 0");
        here.ActorOf(Props.Create(() => new Echo()), "agent");
        var agent = ((ExtendedActorSystem)here).Provider.ResolveActorRef(path.StartsWith('/') ? $"{Two_systems.AddressOf(here)}{path}" : path);
        Assert.Equal(isCertain, new Terminated(agent, isSeen, isOfAddress).IsCertain());
        await here.Terminate();
    }

    private static bool Said(Action say, bool isSo)
    {
        if (!isSo)
            say();
        return isSo;
    }

    private static ActorSystem Start(string place) => ActorSystem.Create(ClusterPlace.System, ConfigurationFactory
        .ParseString($"akka {{ actor.provider = remote, loglevel = OFF, remote.dot-netty.tcp {{ {place} }} }}")
        .WithFallback(SettingsFiles.LoadShipped().Akka()));

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(TaskCompletionSource<Terminated> told)
        {
            Receive<Terminated>(gone => told.TrySetResult(gone));
            Receive<string>(_ => Context.Watch(Sender));
        }
    }
}
