using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Remote;
using Akka.Serialization;
using ProverCluster.Messages;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Wire;

namespace ProverCluster.Wire;

/// <summary>Messages between two actor systems over Akka.Remote: what cannot be read is lost, and nothing else is.</summary>
public sealed class Over_the_network
{
    private static readonly RunCommands.Finish Last = new(Examples.Run with { Attempt = 99 });

    [Fact]
    public async Task Every_message_arrives()
    {
        await using var systems = await Two_systems.StartAsync();
        var inbox = new Inbox(systems);

        foreach (var message in Examples.All)
            inbox.Send(message);
        inbox.Send(Last);
        await inbox.HasLast();

        var wire = Two_systems.Wire(systems.Here);
        Assert.Equal(Examples.All.Select(wire.Manifest), inbox.Came.Select(wire.Manifest).SkipLast(1));
        Assert.Equal(Examples.All.Select(message => Convert.ToHexString(wire.ToBinary(message))), inbox.Came.SkipLast(1).Select(message => Convert.ToHexString(wire.ToBinary(message))));
    }

    [Fact]
    public async Task A_message_of_the_next_version_is_dropped_and_counted_and_the_connection_stays()
    {
        await using var systems = await Two_systems.StartAsync(akka => akka.WithCustomSerializer("next", [typeof(Later)], system => new NextVersion(system)));
        var inbox = new Inbox(systems);

        inbox.Send(new RunCommands.Heard(Examples.Run));
        for (var i = 0; i < 50; i++)
            inbox.Send(new Later("proof-step"));
        inbox.Send(new Later("finish"));
        inbox.Send(Last);
        await inbox.HasLast();

        Assert.Equal([new RunCommands.Heard(Examples.Run), Last], inbox.Came);
        Assert.Equal(50, Two_systems.Wire(systems.There).Losses[WireLoss.UnknownManifest]);
        Assert.Equal(1, Two_systems.Wire(systems.There).Losses[WireLoss.Unreadable]);
        Assert.Empty(inbox.Disconnections);
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_dropped_and_counted_and_the_connection_stays()
    {
        await using var systems = await Two_systems.StartAsync();
        var inbox = new Inbox(systems);

        inbox.Send(new RunCommands.Preempt(Examples.Run, new RunStop(StopReason.Withdrawn, new string('x', WireSchema.MostBytes))));
        inbox.Send(Last);
        await inbox.HasLast();

        Assert.Equal([Last], inbox.Came);
        Assert.Equal(1, Two_systems.Wire(systems.Here).Losses[WireLoss.TooLong]);
        Assert.Empty(inbox.Disconnections);
    }

    /// <summary>An actor there, as it is seen from here, and what it got; and every connection that was lost.</summary>
    private sealed class Inbox
    {
        private readonly ConcurrentQueue<object> _came = new();
        private readonly ConcurrentQueue<object> _disconnections = new();
        private readonly IActorRef _seen;

        public Inbox(Two_systems systems)
        {
            var actor = systems.There.ActorOf(Props.Create(() => new Keeper(_came)), "inbox");
            _seen = Two_systems.Seen(systems.Here, actor, systems.There);
            foreach (var system in new[] { systems.Here, systems.There })
            {
                var keeper = system.ActorOf(Props.Create(() => new Keeper(_disconnections)));
                system.EventStream.Subscribe(keeper, typeof(DisassociatedEvent));
                system.EventStream.Subscribe(keeper, typeof(AssociationErrorEvent));
            }
        }

        public IEnumerable<IProtocolMessage> Came => _came.Cast<IProtocolMessage>();

        public IEnumerable<object> Disconnections => _disconnections;

        public void Send(object message) => _seen.Tell(message);

        public Task HasLast() => Eventually.True(() => _came.Contains(Last), "the last message has come", instead: () => string.Join("; ", _disconnections));
    }

    private sealed class Keeper : UntypedActor
    {
        private readonly ConcurrentQueue<object> _came;

        public Keeper(ConcurrentQueue<object> came) => _came = came;

        protected override void OnReceive(object message) => _came.Enqueue(message);
    }

    /// <summary>A message that only the next version has.</summary>
    private sealed record Later(string Manifest);

    /// <summary>Writes under our identifier what this version cannot read.</summary>
    private sealed class NextVersion(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => WireSchema.Identifier;

        public override string Manifest(object o) => ((Later)o).Manifest;

        public override byte[] ToBinary(object obj) => "{}"u8.ToArray();

        public override object FromBinary(byte[] bytes, string manifest) => throw new SerializationException();
    }
}
