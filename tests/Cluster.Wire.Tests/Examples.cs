using ProverCluster.Messages;
using ProverCluster.Messages.Flights;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Records;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Texts;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Wire;

/// <summary>One message of each type, with every member set, and a second where members may be missing: the golden files are made of these.</summary>
internal static class Examples
{
    public static readonly GoalId Goal = GoalId.Parse("g0123456789abcdef01234567");
    public static readonly BackendName Z3 = BackendName.Parse("z3");
    public static readonly BackendName Cvc5 = BackendName.Parse("cvc5");
    public static readonly RunId Run = new(Goal, 638_900_000_000_000_001, Z3, 1);
    public static readonly TextDigest Text = TextDigest.Of("(check-sat)"u8);

    private const string Node = "10.0.0.7:4051";
    private const string Source = "akka.tcp://prover-cluster@10.0.0.7:4051";

    public static readonly Goal What = new(
        Goal,
        "bounds/größer \"als\" <b>.smt2",
        GoalLanguage.SmtLib2,
        Text,
        new GoalLimits(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(4), 2L << 30, 256 << 20),
        Strategy.BestOf,
        [Z3, Cvc5],
        KeepOutput: true,
        new Dictionary<string, string> { ["issue"] = "17", ["team"] = "crypto" },
        Priority: -3,
        IsFresh: true);

    public static readonly Goal Least = new(
        Goal, "-", GoalLanguage.Tptp, Text, new GoalLimits(TimeSpan.FromSeconds(1), null, null, 1, 2), Strategy.Speculative, [], false, new Dictionary<string, string>());

    public static readonly RunStop Stop = new(StopReason.Preempted, "z3 proved the goal");

    public static readonly RunReport Report = new(
        new RunEnd.Exited(0),
        new RunStop(StopReason.OutputTooLarge, "its cap of 256 MiB of output"),
        new RunSaying(Verdict.Proved, SzsStatus.Unsatisfiable, "two verdicts", "line 1 column 2: unknown constant", "(model\n  (define-fun x () Int 7)\n)\n", "unsat"),
        new RunTimes(Ms(1), Ms(2.5), Ms(3), Ms(4), Ms(5), Ms(6)),
        new RunUsage(Ms(9.8), 29_466_624),
        ["-smt2", "{goal}"]);

    public static readonly RunRow Row = new(
        Run, "4.8.12", Node, RunOutcome.Won, 0, SzsStatus.Unsatisfiable, "a detail", new RunRowTimes(Ms(0), Ms(1), Ms(2), Ms(3), Ms(4), Ms(5), Ms(6)), Report.Usage, Stop, ["-smt2", "{goal}"], "unsat");

    public static readonly RunRow LeastRow = new(
        Run, null, null, RunOutcome.Unavailable, -1, SzsStatus.Unknown, null, new RunRowTimes(null, null, null, null, null, null, null), RunUsage.None, null);

    public static readonly GoalAnswer Answer = new(
        Goal, What.Name, Verdict.Proved, SzsStatus.Unsatisfiable, Run, Ms(12), Ms(14.6), "a reason", [Row, LeastRow], "(proof)\n");

    /// <summary>With all that a later version may know of it.</summary>
    public static readonly VerdictProvenance From = new(
        Z3, "4.8.12", ["-smt2", "{goal}"], Node, SzsStatus.Unsatisfiable, "unsat", 0, [Cvc5], 1_764_106_800_123, 1_764_106_812_345, Ms(12), Ms(9.8));

    private static readonly string Flight = $"{new string('0', 64)}-{new string('a', 32)}.va0";

    private static readonly RunState State = new(
        Run, Ms(0.1), Node, "4.8.12", Ms(0.2), Ms(1), Stop, Ms(3), Verdict.Refuted, SzsStatus.CounterSatisfiable, Ms(2), Report, Ms(7));

    private static readonly RunState LeastState = new(
        Run with { Attempt = 2 }, null, null, null, null, null, null, null, null, null, null, null, null);

    private static readonly Caller Alice = new("alice", IsAdmin: true);

    private static readonly ListedGoal Listed = new(Goal, 1_764_106_800_123);

    private static readonly IGoalEvent[] Story =
    [
        new GoalEvents.Accepted(Goal, 5, [Z3]),
        new GoalEvents.RunStarted(Goal, Run, Node, Ms(1.5)),
        new GoalEvents.Decided(Goal, Verdict.Proved, SzsStatus.Unsatisfiable, Run, Ms(12)),
        new GoalEvents.RunEnded(Goal, Row),
        new GoalEvents.Settled(Goal, Answer),
    ];

    public static readonly IReadOnlyList<IProtocolMessage> All =
    [
        new GoalCommands.Submit(What, Source, Ms(9_999.5), 638_900_000_000_000_000, IsMoving: true),
        new GoalCommands.Submit(Least, "", Ms(1), 0),
        new GoalCommands.Withdraw(Goal, "the client gave it up"),
        new GoalCommands.Resume(new RaceState(What, 5, Ms(8), [State, LeastState], "nobody can", Run, Ms(6), "given up", true), Source),
        new GoalCommands.Resume(new RaceState(Least, 5, Ms(8), [], null, null, null, null, false), Source),
        new GoalEvents.Accepted(Goal, 5, [Z3, Cvc5]),
        new GoalEvents.Moving(Goal),
        new GoalEvents.RunStarted(Goal, Run, Node, Ms(1.5)),
        new GoalEvents.Decided(Goal, Verdict.Refuted, SzsStatus.Satisfiable, Run, Ms(12)),
        new GoalEvents.RunEnded(Goal, Row),
        new GoalEvents.RunEnded(Goal, LeastRow),
        new GoalEvents.Settled(Goal, Answer),
        new GoalEvents.Settled(Goal, Answer with { Output = new ProverOutput.Missing("its node was lost") }),
        new GoalEvents.Settled(Goal, Answer with { Origin = new AnswerOrigin(true, From, "contradiction: cvc5 refuted the goal") }),
        new GoalEvents.Settled(Goal, Answer with { Origin = new AnswerOrigin(false, null) }),
        new GoalEvents.Settled(Goal, new GoalAnswer(Goal, "-", Verdict.Unknown, null, null, null, Ms(3), null, [], null)),
        new RunCommands.Start(Run, 12, GoalLanguage.Dimacs, Text, Source, new RunLimits(Ms(9_000), Ms(5_000), Ms(4_000), 2L << 30, 256 << 20, true)),
        new RunCommands.Start(Run, null, GoalLanguage.Tptp, Text, Source, new RunLimits(Ms(9_000), null, null, 1, 2, false)),
        new RunCommands.Preempt(Run, Stop),
        new RunCommands.Finish(Run),
        new RunCommands.Heard(Run),
        new RunEvents.Refused(Run, Node, Refusal.Draining),
        new RunEvents.Started(Run, Node, Ms(0.4)),
        new RunEvents.Concluded(Run, Verdict.Proved, SzsStatus.Theorem, Ms(11.4)),
        new RunEvents.Ended(Run, Node, "4.8.12", Report),
        new RunEvents.Ended(Run, Node, null, Nothing(new RunEnd.Signalled(9))),
        new RunEvents.Ended(Run, Node, null, Nothing(new RunEnd.NeverStarted(NoStart.InputNotWritten, "no space left"))),
        new RunEvents.Ended(Run, Node, null, Report with { Said = Report.Said with { Output = new ProverOutput.Kept(Text, Source) } }),
        new RunEvents.Ended(Run, Node, null, Nothing(new RunEnd.Lost("its runner stopped without a report"))),
        new SlotCommands.Want(Goal, 5, new SlotRank(2, 1)),
        new SlotCommands.Pass(Goal, 5, 12, new SlotRank(0, 3)),
        new SlotCommands.Pass(Goal, 5, 12, null),
        new SlotCommands.Unwant(Goal, 5),
        new SlotCommands.Claim(Goal, 5),
        new SlotEvents.Granted(Goal, 5, Node, 12, new SlotRank(0, 0)),
        new SlotEvents.Granted(Goal, 5, Node, 12, null),
        new SlotEvents.NotWaiting(Goal, 5, Node, Refusal.Superseded),
        new NodeEvents.Offered(Node, [new BackendOffer(Z3, GoalLanguage.SmtLib2, "4.8.12"), new BackendOffer(Cvc5, GoalLanguage.Tptp, null)], 4, 2, 7, true, 12345),
        new TextCommands.Read(Text, 49_152),
        new TextCommands.Drop(Text, Run),
        new TextEvents.Piece(Text, 49_152, "(check-sat)\0\u00ff"u8.ToArray()),
        new TextEvents.Missing(Text),
        new RecordCommands.Submit(What, Source, "alice", true, Ms(9_999.5), "line 1, column 2: no goal"),
        new RecordCommands.Submit(Least, "", "", false, Ms(1), Follower: "f1"),
        new RecordCommands.Show(Goal, Alice),
        new RecordCommands.Withdraw(Goal, Caller.Anyone),
        new RecordCommands.Withdraw(Goal, Caller.Anyone, "f1"),
        new RecordCommands.Next(Goal, Alice, 3, Ms(15_000)),
        new RecordCommands.Adopt(new RecordState(What, Source, "alice", Ms(8), 1_764_106_800_123, ["alice", "bob"], true, Story, Flight)),
        new RecordCommands.Adopt(new RecordState(Least, "", "", Ms(8), 0, [], false, [])),
        new RecordCommands.Recover(Goal),
        new RecordCommands.List(Alice, GoalState.Decided, What.Labels, Listed, 100),
        new RecordCommands.List(Caller.Anyone, null, Least.Labels, null, 1),
        new RecordEvents.Shown(new RecordView(What, (GoalEvents.Decided)Story[2], [Row, LeastRow], Answer, AcceptedAt: 1_764_106_800_123)),
        new RecordEvents.Shown(new RecordView(Least, null, [], null, IsGivenUp: true)),
        new RecordEvents.Unknown(Goal),
        new RecordEvents.Conflict(Goal),
        new RecordEvents.Full(Goal),
        new RecordEvents.AtWork(Goal),
        new RecordEvents.Unavailable(Goal, "/var/lib/prover/store.db: the disk is full"),
        .. Story.Select((told, index) => new RecordEvents.Told(Goal, index + 1, told)),
        new RecordEvents.NoMore(Goal),
        new RecordEvents.Listed([Listed]),
        new RecordEvents.Listed([]),
        new RecordCommands.Count("alice"),
        new RecordEvents.Counted(3),
        new FlightCommands.Board(Flight, What, Source, Ms(9_999.5), IsMoving: true),
        new FlightCommands.Board(Flight, Least, "", Ms(1)),
        new FlightCommands.Leave(Flight, Goal, "nobody waits for it any more"),
        new FlightCommands.Resume(Flight, What, Source, Ms(8), Ms(10_000)),
        new FlightEvents.Failed(Goal, "no coordinator could be reached"),
        new NodeQuestions.Describe(),
        new NodeQuestions.Runs(),
        new NodeQuestions.Shards(),
        new NodeQuestions.Actors("/user/agent", 32, 200),
        new NodeQuestions.Leave(),
        new NodeAnswers.Described(Node, "1.0.0", "Akka.NET 1.5.73", Ms(86_400_000)),
        new NodeAnswers.Runs(Node, [new RunView(Run, Z3, RunStage.Running, Ms(1200), new RunUse([4711, 4713], Ms(1180), 29_466_624, 12, Ms(0.3), Ms(4.1)))]),
        new NodeAnswers.Runs(Node, [new RunView(null, Cvc5, RunStage.Fetching, Ms(1), null), new RunView(null, Cvc5, RunStage.Ended, Ms(1), new RunUse(null, Ms(1), 0, 0, Ms(0), Ms(0)))]),
        new NodeAnswers.Shards(Node, [new ShardView("goals", "17", Node, 3), new ShardView("records", "4", Node, null)]),
        new NodeAnswers.Actors(Node, [new ActorView("/user/agent", "NodeAgentActor", 2, 1, new ActorWords("working", Ms(9000), Goal, Run)), new ActorView("/user", "GuardianActor", 0, 9, null)], true),
        new NodeAnswers.Actors(Node, [new ActorView("/user/goals/g1", "GoalCoordinatorActor", 0, 0, new ActorWords("waiting", null))], false),
        new NodeAnswers.Leaving(Node),
    ];

    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));

    private static RunReport Nothing(RunEnd end) => new(end, null, RunSaying.Nothing, RunTimes.None, RunUsage.None);
}
