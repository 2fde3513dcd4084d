using Akka.Actor;
using Akka.Cluster;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Store;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Recovery;

/// <summary>
/// Sees to it that every goal in the store that is not settled is at work: one in a cluster. It goes through them page by page, asks the record of each, and waits where
/// there is no room; at its start, when a node is gone, and again from time to time, so that no lost message loses a goal. It also has the store forget what is old, and the
/// cache what is beyond its bounds.
/// </summary>
internal sealed class RecoveryActor : ReceiveActor, IWithTimers
{
    /// <summary>Goals of one page: what of a store of any size is in memory, and asked for at once.</summary>
    internal const int PageSize = 200;

    /// <summary>How often it looks whether a goal was lost by a message that was.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>After how long it looks again for room, or at a store that does not work.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How many goals are forgotten in one step: some milliseconds, so that nobody waits long behind it.</summary>
    internal const int ForgetAtOnce = 500;

    /// <summary>The same of cached verdicts.</summary>
    internal const int TrimAtOnce = 500;

    /// <summary>How long a record may take to answer before it is asked again: when a node is gone, the way to its records leads nowhere for a moment.</summary>
    internal static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(3);

    /// <summary>Then the next page is asked for, and who has not answered is found in the next round, which comes soon.</summary>
    internal const int MostAsks = 3;

    private readonly RecoveryTools _tools;
    private readonly NodeLog _log = NodeLog.Of(Context);
    private readonly HashSet<GoalId> _asked = [];
    private long _round;
    private long _after;
    private long _last;
    private int _asks;
    private bool _isFull;
    private bool _isLate;
    private bool _isFailing;

    public RecoveryActor(Func<RecoveryTools> tools)
    {
        _tools = tools();
        Receive<RoundDue>(_ => BeginRound());
        Receive<ClusterEvent.MemberRemoved>(_ => BeginRound());
        Receive<PageDue>(_ => ReadPage());
        Receive<PageRead>(read => read.Round == _round, OnPage);
        Receive<PageFailed>(failed => failed.Round == _round, OnFailed);
        Receive<RecordEvents.AtWork>(atWork => OnAnswer(atWork.Goal));
        Receive<RecordEvents.Full>(full =>
        {
            _isFull |= _asked.Contains(full.Goal);
            OnAnswer(full.Goal);
        });
        // It is gone meanwhile, or its record could not read it: the next round tells.
        Receive<IRecordEvent>(told => OnAnswer(told.Goal));
        Receive<AnswersLate>(_ => OnLate());
        Receive<ForgetDue>(_ => Forget());
        Receive<Forgotten>(forgotten => Timers.StartSingleTimer(ForgetDue.Instance, ForgetDue.Instance, forgotten.Count == ForgetAtOnce ? Pause : Period));
        Receive<TrimDue>(_ => Trim());
        Receive<Trimmed>(trimmed => Timers.StartSingleTimer(TrimDue.Instance, TrimDue.Instance, trimmed.Count == TrimAtOnce ? Pause : Period));
        ReceiveAny(_ => { });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <param name="tools">Asked for when it starts: there is no actor system when a singleton is configured.</param>
    public static Props Props(Func<RecoveryTools> tools) => Akka.Actor.Props.Create(() => new RecoveryActor(tools));

    protected override void PreStart()
    {
        // The records of a node that is gone are gone with it.
        _tools.Cluster?.Subscribe(Self, typeof(ClusterEvent.MemberRemoved));
        BeginRound();
        Timers.StartSingleTimer(ForgetDue.Instance, ForgetDue.Instance, Pause);
        Timers.StartSingleTimer(TrimDue.Instance, TrimDue.Instance, Pause);
    }

    protected override void PostStop() => _tools.Cluster?.Unsubscribe(Self);

    private void BeginRound()
    {
        _round++;
        (_after, _isLate) = (0, false);
        _asked.Clear();
        Timers.Cancel(AnswersLate.Instance);
        Timers.Cancel(PageDue.Instance);
        ReadPage();
    }

    private void ReadPage()
    {
        // As long as this one goes on there is no other.
        Timers.StartSingleTimer(RoundDue.Instance, RoundDue.Instance, Period);
        var round = _round;
        _tools.Store.OpenAsync(_after, PageSize).PipeTo(Self, success: page => new PageRead(round, page), failure: e => new PageFailed(round, e));
    }

    private void OnPage(PageRead read)
    {
        _isFailing = false;
        if (read.Goals.Count == 0)
        {
            if (_isLate)
                Timers.StartSingleTimer(RoundDue.Instance, RoundDue.Instance, AskPatience);
            return;
        }

        (_asks, _isFull, _last) = (0, false, read.Goals[^1].Number);
        _asked.UnionWith(read.Goals.Select(goal => goal.What.Id));
        Ask();
    }

    private void Ask()
    {
        _asks++;
        foreach (var goal in _asked)
            _tools.Records().Tell(new RecordCommands.Recover(goal));
        Timers.StartSingleTimer(AnswersLate.Instance, AnswersLate.Instance, AskPatience);
    }

    private void OnLate()
    {
        if (_asks < MostAsks)
        {
            Ask();
            return;
        }

        _isLate = true;
        EndPage();
    }

    private void OnFailed(PageFailed failed)
    {
        if (!_isFailing)
            _log.Tell(LogLines.OpenGoalsUnreadable(failed.Why.Message));
        _isFailing = true;
        Timers.StartSingleTimer(PageDue.Instance, PageDue.Instance, Pause);
    }

    private void OnAnswer(GoalId goal)
    {
        if (_asked.Remove(goal) && _asked.Count == 0)
            EndPage();
    }

    private void EndPage()
    {
        Timers.Cancel(AnswersLate.Instance);
        _asked.Clear();
        if (_isFull)
        {
            // Those of this page that there was no room for come first.
            Timers.StartSingleTimer(PageDue.Instance, PageDue.Instance, Pause);
            return;
        }

        _after = _last;
        ReadPage();
    }

    /// <summary>What fails is done later: the store's own health says why it does not work.</summary>
    private void Forget() => _tools.Store.ForgetAsync(_tools.KeepSettled, ForgetAtOnce).PipeTo(
        Self, success: count => new Forgotten(count), failure: _ => new Forgotten(0));

    private void Trim() => _tools.Verdicts.TrimAsync(_tools.Bounds, TrimAtOnce).PipeTo(Self, success: count => new Trimmed(count), failure: _ => new Trimmed(0));

    private sealed record PageRead(long Round, IReadOnlyList<StoredGoal> Goals) : INoSerializationVerificationNeeded;

    private sealed record PageFailed(long Round, Exception Why) : INoSerializationVerificationNeeded;

    private sealed record Forgotten(int Count) : INoSerializationVerificationNeeded;

    private sealed record Trimmed(int Count) : INoSerializationVerificationNeeded;

    private sealed class RoundDue : INoSerializationVerificationNeeded
    {
        public static readonly RoundDue Instance = new();
    }

    private sealed class PageDue : INoSerializationVerificationNeeded
    {
        public static readonly PageDue Instance = new();
    }

    private sealed class AnswersLate : INoSerializationVerificationNeeded
    {
        public static readonly AnswersLate Instance = new();
    }

    private sealed class ForgetDue : INoSerializationVerificationNeeded
    {
        public static readonly ForgetDue Instance = new();
    }

    private sealed class TrimDue : INoSerializationVerificationNeeded
    {
        public static readonly TrimDue Instance = new();
    }
}

/// <summary>What the recovery needs of its node.</summary>
/// <param name="Store">Where the goals are.</param>
/// <param name="Verdicts">The cache beside them.</param>
/// <param name="Bounds">How much of it is kept.</param>
/// <param name="Records">Where messages to records go.</param>
/// <param name="KeepSettled">How long a settled goal is kept.</param>
/// <param name="Cluster">Null for a node alone.</param>
internal sealed record RecoveryTools(IGoalStore Store, IVerdictCache Verdicts, CacheBounds Bounds, Func<IActorRef> Records, TimeSpan KeepSettled, Akka.Cluster.Cluster? Cluster = null);
