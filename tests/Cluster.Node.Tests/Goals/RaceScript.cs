using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Goals;

namespace ProverCluster.Node.Tests.Goals;

/// <summary>Drives a race by hand and keeps all that it asked for.</summary>
internal sealed class RaceScript
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly List<RaceEffect> _effects = [];

    public RaceScript(Strategy strategy, params string[] backends)
        : this(strategy, [.. backends.Select(name => new PlannedRun(BackendName.Parse(name)))])
    {
    }

    public RaceScript(Strategy strategy, IReadOnlyList<PlannedRun> planned, TimeSpan? runTimeout = null)
    {
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

    public IEnumerable<RunCommands.Start> Starts => Commands<RunCommands.Start>();

    public IEnumerable<RunCommands.Preempt> Preempts => Commands<RunCommands.Preempt>();

    public GoalAnswer Answer => Race.Answer ?? throw new InvalidOperationException("not settled");

    public static RunId Run(string backend, long incarnation = 7) => new(GoalId.Parse("goal"), incarnation, BackendName.Parse(backend), 1);

    public RunRow Row(string backend) => Answer.Runs.Single(row => row.Run.Backend.Value == backend);

    public RaceScript At(double milliseconds)
    {
        Now = TimeSpan.FromMilliseconds(milliseconds);
        return this;
    }

    public RaceScript Started(string backend) => Told(new RunEvents.Started(Run(backend), "node", TimeSpan.Zero));

    public RaceScript Concludes(string backend, Verdict verdict) => Told(Conclusion(Run(backend), verdict));

    public RaceScript Ends(string backend, RunReport report) => Told(new RunEvents.Ended(Run(backend), "node", "1.0", report));

    public RaceScript Told(IRunEvent told) => Happens(new RaceHappening.Told(told));

    public RaceScript Happens(RaceHappening happening)
    {
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
    }
}
