using System.Threading.Channels;

namespace Akka.Conformance.Cluster;

/// <summary>An actor of the test in one node. What it gets is taken in its order, and may be waited for.</summary>
public sealed class Listener
{
    private readonly Channel<object> _heard = Channel.CreateUnbounded<object>();

    public Listener(ActorSystem system) => Ref = system.ActorOf(Props.Create(() => new Ear(_heard)));

    public IActorRef Ref { get; }

    public Task<T> Next<T>() => Next<T>(_ => true);

    /// <summary>Passes over what does not fit.</summary>
    public async Task<T> Next<T>(Predicate<T> fits)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
            if (await _heard.Reader.ReadAsync(limit.Token) is T message && fits(message)) return message;
    }

    public async Task<object[]> Next(int count)
    {
        var messages = new object[count];
        for (var i = 0; i < count; i++) messages[i] = await Next<object>();
        return messages;
    }

    public void Watch(IActorRef subject) => Ref.Tell(new WatchIt(subject), ActorRefs.NoSender);
    public void Unwatch(IActorRef subject) => Ref.Tell(new UnwatchIt(subject), ActorRefs.NoSender);

    /// <summary>Nothing that came before this was left over.</summary>
    public async Task ExpectNothingBefore(object mark)
    {
        Ref.Tell(mark, ActorRefs.NoSender);
        Assert.Equal(mark, await Next<object>());
    }

    private sealed record WatchIt(IActorRef Subject);

    private sealed record UnwatchIt(IActorRef Subject);

    private sealed class Ear : ReceiveActor
    {
        public Ear(Channel<object> heard)
        {
            Receive<WatchIt>(w => Context.Watch(w.Subject));
            Receive<UnwatchIt>(u => Context.Unwatch(u.Subject));
            ReceiveAny(message => heard.Writer.TryWrite(message));
        }
    }
}
