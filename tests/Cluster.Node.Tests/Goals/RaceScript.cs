using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>Drives a race by hand and keeps all that it asked for. What seeks a slot finds one at once, on the node called "node", unless there is none.</summary>
internal sealed class RaceScript
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly List<RaceEffect> _effects = [];

    public RaceScript(Strategy strategy, params string[] backends)
        : this(strategy, [.. backends.Select(name => new PlannedRun(BackendName.Parse(name)))])
    {
    }

    public RaceScript(Strategy strategy, IReadOnlyList<PlannedRun> planned, TimeSpan? runTimeout = null, bool hasSlots = true)
    {
        HasSlots = hasSlots;
        Take(GoalRace.Begin(new RacePlan(Goal(strategy, runTimeout), 7, planned, "apt-get install z3")));
    }

    public static Goal Goal(Strategy strategy, TimeSpan? runTimeout = null) => new(
        GoalId.Parse("goal"),
        "goal.smt2",
        GoalLanguage.SmtLib2,
        TextDigest.Of([]),
        new GoalLimits(Timeout, runTimeout, null, 1 << 30, 1 << 28),
        strategy,
        [],
        KeepOutput: false,
        new Dictionary<string, string>());

    public GoalRace Race { get; private set; } = null!;

    public TimeSpan Now { get; set; }

    public IReadOnlyList<RaceEffect> Effects => _effects;

    /// <summary>All that has happened.</summary>
    public List<RaceHappening> Moves { get; } = [];

    /// <summary>Whether runs that seek a slot find one.</summary>
    public bool HasSlots { get; set; } = true;

    public IEnumerable<RunId> Sought => _effects.OfType<RaceEffect.Seek>().Select(effect => effect.Run);

    public IEnumerable<RunCommands.Start> Starts => Commands<RunCommands.Start>();

    public IEnumerable<RunCommands.Preempt> Preempts => Commands<RunCommands.Preempt>();

    public GoalAnswer Answer => Race.Answer ?? throw new InvalidOperationException("not settled");

    public static RunId Run(string backend, long incarnation = 7, int attempt = 1) => new(GoalId.Parse("goal"), incarnation, BackendName.Parse(backend), attempt);

    public RunRow Row(string backend, int attempt = 1) => Answer.Runs.Single(row => row.Run == Run(backend, attempt: attempt));

    public RaceScript At(double milliseconds)
    {
        Now = TimeSpan.FromMilliseconds(milliseconds);
        return this;
    }

    public RaceScript Started(string backend) => Told(new RunEvents.Started(Run(backend), "node", TimeSpan.Zero));

    public RaceScript Concludes(string backend, Verdict verdict) => Told(Conclusion(Run(backend), verdict));

    public RaceScript Ends(string backend, RunReport report, int attempt = 1) =>
        Told(new RunEvents.Ended(Run(backend, attempt: attempt), "node", "1.0", report));

    public RaceScript FindsSlot(string backend, string node = "node", int attempt = 1) =>
        Happens(new RaceHappening.Placed(Run(backend, attempt: attempt), node, "0.9", null, ""));

    public RaceScript Told(IRunEvent told) => Happens(new RaceHappening.Told(told));

    public RaceScript Happens(RaceHappening happening)
    {
        Moves.Add(happening);
        Take(Race.On(happening, Now));
        return this;
    }

    public static RunEvents.Concluded Conclusion(RunId run, Verdict verdict) =>
        new(run, verdict, verdict == Verdict.Proved ? SzsStatus.Unsatisfiable : SzsStatus.Satisfiable, TimeSpan.Zero);

    /// <summary>A prover that ended by itself with this to say.</summary>
    public static RunReport Says(Verdict verdict, int exit = 0) =>
        Report(new RunEnd.Exited(exit), null, new RunSaying(verdict, verdict.IsDecisive() ? SzsStatus.Unsatisfiable : SzsStatus.GaveUp));

    public static RunReport Malformed(string words) =>
        Report(new RunEnd.Exited(1), null, RunSaying.Nothing with { Malformed = words });

    public static RunReport Stopped(StopReason reason) =>
        Report(new RunEnd.Signalled(9), new RunStop(reason, "because"), RunSaying.Nothing);

    public static RunReport NotStarted(NoStart why) =>
        Report(new RunEnd.NeverStarted(why, "why not"), null, RunSaying.Nothing);

    public static RunReport Report(RunEnd end, RunStop? stop, RunSaying said) =>
        new(end, stop, said, new RunTimes(TimeSpan.Zero, null, null, null, TimeSpan.Zero, TimeSpan.Zero), RunUsage.None);

    private IEnumerable<T> Commands<T>()
        where T : IRunCommand =>
        _effects.OfType<RaceEffect.Command>().Select(effect => effect.Message).OfType<T>();

    private void Take(RaceStep step)
    {
        Race = step.Race;
        _effects.AddRange(step.Effects);
        foreach (var seek in step.Effects.OfType<RaceEffect.Seek>().Where(_ => HasSlots))
            Happens(new RaceHappening.Placed(seek.Run, "node", null, null, ""));
    }
}
