using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Messages.Tests.Json;

/// <summary>Any story of a goal that a cluster could tell, and some that none would.</summary>
internal static class Stories
{
    private static readonly string[] Texts = ["", "a.smt2", "z3 proved the goal", "\"\\\n\r\t\0\u001b", "grün-証明-🙂", "\u2028\u202e", "</script>'&", "(\n  (define-fun x () Int 1)\n)\n", "(a b)"];

    public static readonly GoalId Id = GoalId.Parse("g1.x_y-z");

    public static readonly Gen<BackendName> Backend = Gen.Elements("z3", "cvc5", "e+", "4_c").Select(BackendName.Parse);

    public static readonly Gen<string?> Text = Gen.Elements<string?>([null, .. Texts]);

    // JSON tells microseconds.
    public static readonly Gen<TimeSpan> Time = Gen.Choose(0, int.MaxValue).Select(microseconds => TimeSpan.FromMicroseconds(microseconds));

    public static readonly Gen<SzsStatus?> Szs = Gen.Elements<SzsStatus?>([null, .. Enum.GetValues<SzsStatus>().Cast<SzsStatus?>()]);

    public static readonly Gen<RunRow> Row =
        from outcome in Gen.Elements(Enum.GetValues<RunOutcome>())
        from backend in Backend
        from number in Gen.Choose(1, 3)
        from words in Text.Four()
        from times in Maybe(Time).ListOf(8)
        from szs in Szs
        from memory in Maybe(Gen.Choose(0, int.MaxValue).Select(tenths => (long)Math.Round(tenths * 104857.6)))
        let stop = words.Item4 is null ? null : new RunStop(RunRowJson.ReasonOf(outcome), words.Item4)
        select new RunRow(
            new RunId(Id, number, backend, number), words.Item1, words.Item2, outcome, number - 5, szs ?? SzsStatus.Unknown, words.Item3,
            new RunRowTimes(times[0], times[1], times[2], stop is null ? null : times[3], stop is null ? null : times[4], times[5], times[6]),
            new RunUsage(times[7], memory), stop);

    public static readonly Gen<ProverOutput?> Output = Text.Zip(Gen.Choose(0, 3)).Select(drawn => drawn switch
    {
        (null, _) => null,
        (var text, 0) => new ProverOutput.Missing(VisibleText.Of(text)),
        (var text, _) => (ProverOutput?)text,
    });

    public static readonly VerdictProvenance From = new(
        BackendName.Parse("z3"), "4.8.12", ["-smt2", "{goal}"], "here:1", SzsStatus.Unsatisfiable, "unsat", 0, [BackendName.Parse("cvc5")], 1_764_106_800_123, 1_764_106_812_345,
        TimeSpan.FromMilliseconds(12), null);

    public static readonly Gen<GoalView> View =
        from state in Gen.Elements(Enum.GetValues<GoalState>())
        from verdict in Gen.Elements(Enum.GetValues<Verdict>())
        from isCached in Gen.Elements(true, false)
        from rows in Row.ListOf()
        from szs in Szs
        from texts in Text.Two()
        from times in Time.Two()
        from output in Output
        from doubt in Text
        let isSettled = state == GoalState.Settled
        let winner = rows.FirstOrDefault(row => row.Outcome == RunOutcome.Won)?.Run
        select new GoalView(
            Id, state, isCached, texts.Item1 ?? "", isSettled || winner is not null ? verdict : null, szs, winner, winner is null ? null : times.Item1,
            isSettled ? times.Item2 : null, texts.Item2, [.. rows], output, isCached ? new AnswerOrigin(IsCached: true, From, doubt) : null);

    public static readonly Gen<IGoalEvent> Event = Gen.OneOf(
        Backend.ListOf().Select(planned => (IGoalEvent)new GoalEvents.Accepted(Id, 0, [.. planned])),
        Row.Zip(Time).Select(drawn => (IGoalEvent)new GoalEvents.RunStarted(Id, drawn.Item1.Run, "here:1", drawn.Item2)),
        Backend.Zip(Time).Select(drawn => (IGoalEvent)new GoalEvents.Decided(Id, Verdict.Proved, SzsStatus.Theorem, new RunId(Id, 0, drawn.Item1, 1), drawn.Item2)),
        Row.Select(row => (IGoalEvent)new GoalEvents.RunEnded(Id, row)));

    private static Gen<T?> Maybe<T>(Gen<T> some)
        where T : struct =>
        Gen.Choose(0, 4).SelectMany(die => die == 0 ? Gen.Constant<T?>(null) : some.Select(value => (T?)value));
}
