using Akka.Actor;
using Akka.Cluster.Sharding;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Goals;

/// <summary>The part of the coordinator that is not about what happens in the race: what it says again, and how it comes to its end.</summary>
internal sealed partial class GoalCoordinatorActor
{
    /// <summary>How often what may have been lost is said again.</summary>
    internal static readonly TimeSpan UpkeepPeriod = TimeSpan.FromSeconds(1);

    /// <summary>Every so many upkeeps a waiting goal says again where it waits: to many nodes, so not too often.</summary>
    internal const int UpkeepsBetweenWants = 5;

    /// <summary>
    /// How many upkeeps may pass without anybody who is sure to wait: who does asks far more often, whether it is looking for the goal or is told of it.
    /// </summary>
    internal const int MostUpkeepsAlone = 10;

    /// <summary>
    /// How many upkeeps a goal is kept when everybody who waited is gone for certain, settled or not, for those who come from elsewhere: who waits for a flight that has moved may
    /// end with its node a moment before the flight's next life asks. Of a race that was handed over nobody may have heard before somebody has asked here.
    /// </summary>
    internal const int UpkeepsForNobody = 2;

    /// <summary>How many upkeeps a node may be unknown or given up before what runs there is lost: the board tells of it only to those who are there then.</summary>
    internal const int MostUpkeepsAbsent = 5;

    private const string Abandoned = "nobody waits for it any more";

    private readonly Dictionary<string, int> _absences = [];
    private int _upkeeps;
    private int _upkeepsAlone;
    private bool _hadListeners;
    private bool _isVoid;
    private bool _isLeaving;

    private void OnUpkeep()
    {
        if (_race!.Answer is { } answer)
        {
            _listeners.Tell(new GoalEvents.Settled(answer.Id, answer));
        }
        else
        {
            Remind(run => _hadListeners && !run.IsStarted);
            if (++_upkeeps % UpkeepsBetweenWants == 0)
                Place(_placement!.Remind(View));
        }

        MissNodes();
        var areAllGone = _hadListeners && _listeners.IsEmpty;
        if (_listeners.IsAnyThere || ++_upkeepsAlone < (areAllGone ? UpkeepsForNobody : MostUpkeepsAlone))
            return;
        if (!_hadListeners)
            GiveUp();
        else if (_race.IsSettled)
            LeaveAlone();
        else
            Abandon();
    }

    /// <summary>Nobody has asked for what was handed over: they are gone, or have had the answer from a later life before this came. What is still at work ends.</summary>
    private void GiveUp()
    {
        _log.Tell(LogLines.RaceGivenUp(_race!.Plan.Goal.Id));
        foreach (var run in _race.LivingRuns)
            Command(run.Node!, new RunCommands.Preempt(run.Id, Strays.Stop));
        BeVoid();
    }

    /// <summary>Nobody waits for the goal. Whoever asks for it later was away only: it is raced for anew then, and so is not told that it is withdrawn.</summary>
    private void Abandon()
    {
        _listeners.Clear();
        _isAbandoned = true;
        Happen(new RaceHappening.Withdrawn(Abandoned));
    }

    private void MissNodes()
    {
        foreach (var node in _race!.LivingRuns.Select(run => run.Node!).Distinct().ToArray())
        {
            if (_tools.Board.Nodes.GetValueOrDefault(node) is { IsGivenUp: false })
                _absences.Remove(node);
            else if ((_absences[node] = _absences.GetValueOrDefault(node) + 1) >= MostUpkeepsAbsent)
                OnNodeLeft(new NodeNews.Left(node, "nothing is heard of it"));
        }
    }

    /// <summary>Says again what a lost message may have kept from a node. Everything in it is the same when heard twice.</summary>
    private void Remind(Func<RaceRun, bool> mayBeUnknown)
    {
        foreach (var run in _race!.LivingRuns)
        {
            if (mayBeUnknown(run))
                Command(run.Node!, _race.StartOf(run.Id, null, _source, Now));
            if (run.Stop is { } stop)
                Command(run.Node!, new RunCommands.Preempt(run.Id, stop.Stop));
        }
    }

    private void OnHandOver()
    {
        if (_later is not null)
            _tools.Goals().Tell(_later);
        // A settled goal is handed over as well while somebody may not have heard so: else it would be raced again for them.
        if (_race is not null && !_isVoid && !(_race.IsSettled && _isLeaving && _listeners.IsEmpty))
        {
            // To the next it is no news.
            PublishUnheard();
            _tools.Goals().Tell(new GoalCommands.Resume(_race.State(Now), _source));
            _listeners.Tell(new GoalEvents.Moving(_race.Plan.Goal.Id));
        }

        Context.Stop(Self);
    }

    /// <summary>A later life of this coordinator is at work.</summary>
    private void BeSuperseded()
    {
        _log.Tell(LogLines.CoordinatorSuperseded(_race!.Plan.Goal.Id));
        BeVoid();
    }

    /// <summary>What this coordinator holds is not the goal's race any more.</summary>
    private void BeVoid()
    {
        _isVoid = true;
        Leave();
    }

    /// <summary>Leaves, and hands nothing over for those who are perhaps gone, unless somebody asks at the last moment.</summary>
    private void LeaveAlone()
    {
        _listeners.Clear();
        Leave();
    }

    /// <summary>Stops as a sharded entity has to: what comes meanwhile is kept for its next life.</summary>
    private void Leave()
    {
        _isLeaving = true;
        Context.Parent.Tell(new Passivate(HandOver.Instance));
    }

    private sealed class DeadlineDue : INoSerializationVerificationNeeded
    {
        public static readonly DeadlineDue Instance = new();
    }

    private sealed class UpkeepDue : INoSerializationVerificationNeeded
    {
        public static readonly UpkeepDue Instance = new();
    }
}
