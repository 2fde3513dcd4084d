using Akka.Actor;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Store;
using ProverCluster.Node.Telemetry;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Records;

/// <summary>What all records of a node share.</summary>
/// <param name="Records">Where messages to records go, this one's next life included.</param>
/// <param name="Start">Starts an actor that is nobody's child: a race has a listener for longer than its record is here.</param>
/// <param name="Goals">Where messages to coordinators go.</param>
/// <param name="Flights">Where messages to flights go.</param>
/// <param name="Source">The address under which other nodes find this one's texts.</param>
/// <param name="Texts">This node's <see cref="TextsActor"/>.</param>
/// <param name="Store">The goals' texts that are here.</param>
/// <param name="GoalStore">What outlives the node.</param>
/// <param name="Shelf">The outputs that are here.</param>
/// <param name="Index">This node's <see cref="RecordIndexActor"/>.</param>
/// <param name="Settings">How many are kept, and for how long.</param>
/// <param name="Open">How many are open, and how long.</param>
/// <param name="Clock">The node's.</param>
internal sealed record RecordTools(
    Func<IActorRef> Records,
    Func<Props, IActorRef> Start,
    IActorRef Goals,
    IActorRef Flights,
    string Source,
    IActorRef Texts,
    TextStore Store,
    IGoalStore GoalStore,
    OutputShelf Shelf,
    IActorRef Index,
    RecordSettings Settings,
    OpenRecords Open,
    TimeProvider Clock)
{
    public NodeMetrics Metrics { get; init; } = NodeMetrics.None;

    /// <summary>How long a record that is not here may be on its way; nothing moves on a node alone.</summary>
    public TimeSpan AdoptPatience { get; init; } = TimeSpan.Zero;

    /// <summary>Whether a record that is to move could be taken: by another node, or by this one again.</summary>
    public Func<bool> CanBeTaken { get; init; } = () => false;

    /// <summary>The lists of other nodes, each of which knows a way to records.</summary>
    public Func<IReadOnlyList<IActorRef>> OtherIndexes { get; init; } = () => [];

    /// <summary>Those of this node's that are not taken yet.</summary>
    public RecordMoves Moves { get; init; } = new();

    /// <summary>How long after a move those who waited may take to come back.</summary>
    public TimeSpan ReturnPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after its end a race that was withdrawn is begun anew.</summary>
    public TimeSpan AgainPatience { get; init; } = TimeSpan.FromMilliseconds(100);
}

/// <summary>How many goals are open on this node, and the bytes of their texts. Shared by actors that run beside each other.</summary>
internal sealed class OpenRecords(int most, long mostBytes)
{
    private readonly Lock _changing = new();
    private int _count;
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_changing)
                return _count;
        }
    }

    /// <summary>One more, with a text of so many bytes; false if there is no room for it.</summary>
    public bool TryTake(long bytes)
    {
        lock (_changing)
        {
            if (_count >= most || _bytes + bytes > mostBytes)
                return false;
            Take(bytes);
            return true;
        }
    }

    /// <summary>One more that cannot be refused.</summary>
    public void Take(long bytes) => Add(1, bytes);

    public void Give(long bytes) => Add(-1, -bytes);

    private void Add(int count, long bytes)
    {
        lock (_changing)
            (_count, _bytes) = (_count + count, _bytes + bytes);
    }
}
