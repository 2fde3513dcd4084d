using Akka.Remote.Transport;

namespace Akka.Remote;

/// <summary>
/// Hands messages to the other systems of this process, as bytes, on the thread of whoever speaks. So they arrive in the order of that
/// thread; what is told over a cut link, or to a system that is gone, is lost. A link that is slowed keeps the order, and passes things on later.
/// </summary>
internal sealed class InMemoryTransport : RemoteTransport
{
    private readonly ConcurrentDictionary<(string Host, int? Port, bool IsOut), Gate> _gates = new();
    private readonly ConcurrentDictionary<int, bool> _quarantined = new();
    private readonly bool _throttling;

    public InMemoryTransport(ExtendedActorSystem system)
    {
        System = system;
        var config = system.Settings.Config.GetConfig("akka.remote.dot-netty.tcp");
        _throttling = config.GetStringList("applied-adapters").Contains(ThrottleTransportAdapter.Scheme);
        var host = new[] { config.GetString("public-hostname"), config.GetString("hostname"), "localhost" }.First(h => !string.IsNullOrEmpty(h));
        var protocol = _throttling ? $"akka.{ThrottleTransportAdapter.Scheme}.tcp" : "akka.tcp";
        Address = Network.Bind(this, new Address(protocol, system.Name, host, config.GetInt("port")));
    }

    public Address Address { get; private set; }
    public ExtendedActorSystem System { get; }

    /// <summary>Tells this system from one that had the same address before.</summary>
    public int Uid { get; } = Random.Shared.Next(1, int.MaxValue);
    public IActorRef Watcher { get; private set; }

    public void Start()
    {
        Watcher = System.SystemActorOf(Props.Create(() => new RemoteWatcher(this)), "remote-watcher");
        Network.Announce();
    }

    public void Release() => Network.Release(this);
    public bool Reaches(Address address) => Network.Connected(this, Network.At(address));

    /// <summary>Nothing more from that incarnation, which may not know yet that it was put out.</summary>
    public void Quarantine(int uid) => _quarantined[uid] = true;

    public void NoticeChange()
    {
        Watcher?.Tell(new RemoteWatcher.LinksChanged(), ActorRefs.NoSender);
        System.Cluster?.NoticeLinks();
    }

    public override Task<bool> ManagementCommand(object cmd)
    {
        if (_throttling && cmd is SetThrottle throttle)
        {
            foreach (var isOut in new[] { true, false })
            {
                if (throttle.Direction == (isOut ? ThrottleTransportAdapter.Direction.Receive : ThrottleTransportAdapter.Direction.Send)) continue;
                _gates.GetOrAdd((throttle.Address.Host, throttle.Address.Port, isOut), _ => new Gate()).Set(throttle.Mode);
            }
            Network.Announce();
        }
        return Task.FromResult(true);
    }

    /// <summary>Whether nothing is cut at this end.</summary>
    public bool Lets(InMemoryTransport other) => GateFor(other, true) is not { IsCut: true } && GateFor(other, false) is not { IsCut: true };

    public void Send(object message, IActorRef sender, RemoteActorRef recipient)
    {
        Frame frame;
        try
        {
            var serializer = System.Serialization.FindSerializerFor(message);
            var from = sender.IsNobody() ? null : System.PathAbroad(sender);
            frame = new Frame(recipient.Path, from, serializer.Identifier, serializer.Manifest(message), serializer.ToBinary(message));
        }
        catch (Exception e)
        {
            System.Log.Log(LogLevel.ErrorLevel, e, $"{message.GetType()} to {recipient} was not sent, since it could not be written.");
            return;
        }
        var there = Network.At(recipient.Path.Address);
        if (!SpeaksTo(there)) return;
        var (here, beyond) = (GateFor(there, isOut: true), there.GateFor(this, isOut: false));
        if (here is null && beyond is null) there.Receive(frame);
        else Through(here, () => Through(beyond, () =>
        {
            // It may have waited for long.
            if (SpeaksTo(there)) there.Receive(frame);
        }));

        void Through(Gate gate, Action pass)
        {
            if (gate is null) pass();
            else gate.Enter(frame.Size, pass);
        }
    }

    private bool SpeaksTo(InMemoryTransport there) => there is not null && Network.At(there.Address) == there && Network.At(Address) == this
        && !_quarantined.ContainsKey(there.Uid) && !there._quarantined.ContainsKey(Uid);

    private Gate GateFor(InMemoryTransport other, bool isOut) => _gates.GetValueOrDefault((other.Address.Host, other.Address.Port, isOut));

    private void Receive(Frame frame)
    {
        object message;
        try
        {
            message = System.Serialization.Deserialize(frame.Bytes, frame.Serializer, frame.Manifest);
        }
        catch (Exception e)
        {
            System.Log.Log(LogLevel.ErrorLevel, e, $"A message with manifest [{frame.Manifest}] to {frame.Recipient} was dropped, since it could not be read.");
            return;
        }
        var recipient = System.Find(frame.Recipient);
        if (message is not SystemMessage ours)
        {
            recipient.Tell(message, frame.Sender is null ? ActorRefs.NoSender : System.Provider.ResolveActorRef(frame.Sender));
            return;
        }
        if (ours is DeathWatchNotification death) Watcher.Tell(new RemoteWatcher.Untrack(death.Actor, recipient, IsDead: true), ActorRefs.NoSender);
        recipient.SendSystem(ours);
    }

    private sealed record Frame(ActorPath Recipient, ActorPath Sender, int Serializer, string Manifest, byte[] Bytes)
    {
        /// <summary>About what it has on a wire: the names go with it.</summary>
        public int Size => Bytes.Length + $"{Recipient}{Sender}{Manifest}".Length;
    }
}
