using Akka.Actor;
using ProverCluster.Messages.Records;

namespace ProverCluster.Node.Records;

/// <summary>
/// Who reads a goal's events. Each asks for one event after the other, so nothing is kept for those who read slowly; whoever asks for one that has not
/// happened is remembered for as long as it said that it would wait.
/// </summary>
internal sealed class EventReaders(TimeProvider clock)
{
    private readonly List<(IActorRef Who, int After, long Until)> _waiting = [];

    public int Count => _waiting.Count;

    public void Read(GoalRecord record, RecordCommands.Next next, IActorRef who)
    {
        // What is beyond the end of the story was read in another one.
        var after = next.After > record.Events.Length ? 0 : next.After;
        if (after < record.Events.Length)
        {
            who.Tell(new RecordEvents.Told(record.Goal.Id, after + 1, record.Events[after]));
        }
        else if (record.IsSettled)
        {
            who.Tell(new RecordEvents.NoMore(record.Goal.Id));
        }
        else
        {
            var now = clock.GetTimestamp();
            _waiting.RemoveAll(reader => reader.Until <= now);
            _waiting.Add((who, after, now + (long)(next.Patience.TotalSeconds * clock.TimestampFrequency)));
        }
    }

    /// <summary>Something happened.</summary>
    public void Tell(GoalRecord record)
    {
        foreach (var (who, after, _) in _waiting.Where(reader => reader.After < record.Events.Length))
            who.Tell(new RecordEvents.Told(record.Goal.Id, after + 1, record.Events[after]));
        _waiting.RemoveAll(reader => reader.After < record.Events.Length);
    }

    /// <summary>This story is over.</summary>
    public void End(GoalRecord record)
    {
        foreach (var (who, _, _) in _waiting)
            who.Tell(new RecordEvents.NoMore(record.Goal.Id));
        _waiting.Clear();
    }
}
