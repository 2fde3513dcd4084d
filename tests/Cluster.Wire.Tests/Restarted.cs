using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;

namespace ProverCluster.Wire;

/// <summary>
/// A system that comes back where another one was, while a connection to that one is still being made. Akka.Remote forgets that connection once it has heard of the new system, and leaves it
/// open; the new system takes it for the one that it is spoken to on.
/// </summary>
public sealed class Restarted
{
    private static readonly TimeSpan s_answer = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_healed = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Who_was_restarted_hears_the_others_though_a_connection_to_it_was_begun_before()
    {
        await using var relay = new Relay();
        var here = Start("hostname = 127.0.0.1, port = 0");
        var behind = $"hostname = {Relay.Behind}, port = {relay.Port}, public-hostname = 127.0.0.1";
        var first = Start(behind);
        var there = NodeNames.Find(here, Two_systems.AddressOf(first), "echo");
        await AnswersAsync(there);

        // As by SIGKILL: nobody says goodbye.
        relay.Drop();
        relay.Hold();
        await first.Terminate();
        await Eventually.True(() => Tell(there) && relay.Holds, "a connection is begun");

        var second = Start(behind);
        var inbound = new ConcurrentQueue<object>();
        second.EventStream.Subscribe(second.ActorOf(Props.Create(() => new Inbound(inbound))), typeof(AssociatedEvent));
        await AnswersAsync(NodeNames.Find(second, Two_systems.AddressOf(here), "echo"));
        relay.Release();
        await Eventually.True(() => !inbound.IsEmpty, "it is connected to");
        await AnswersAsync(there);
        await Task.WhenAll(here.Terminate(), second.Terminate());
    }

    private static ActorSystem Start(string place)
    {
        var config = ConfigurationFactory
            .ParseString($"akka {{ actor.provider = remote, loglevel = OFF, remote.dot-netty.tcp {{ {place} }} }}")
            .WithFallback(SettingsFiles.LoadShipped().Akka());
        var system = ActorSystem.Create(ClusterPlace.System, config);
        system.ActorOf<Echo>("echo");
        return system;
    }

    private static bool Tell(IActorRef actor)
    {
        actor.Tell("go on");
        return true;
    }

    /// <summary>Soon: what is sent while a connection is replaced by another one is lost.</summary>
    internal static async Task AnswersAsync(IActorRef echo)
    {
        using var patience = new CancellationTokenSource(s_healed);
        while (true)
        {
            try
            {
                await echo.Ask("well?", s_answer);
                return;
            }
            catch (AskTimeoutException)
            {
                Assert.False(patience.IsCancellationRequested, $"{echo} does not answer");
            }
        }
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Inbound : UntypedActor
    {
        private readonly ConcurrentQueue<object> _seen;

        public Inbound(ConcurrentQueue<object> seen) => _seen = seen;

        protected override void OnReceive(object message)
        {
            if (message is AssociatedEvent { IsInbound: true })
                _seen.Enqueue(message);
        }
    }
}
