using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Backends.Readings;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>What must hold whatever is printed. With PROVER_CLUSTER_STRESS=1 many more answers are tried.</summary>
public class Reading_properties
{
    private const string Mark = "00000000000000000000000000000000";

    private static readonly string[] Pieces =
    [
        "sat", "unsat", "unknown", "\n", "\n", "\n", "\r\n", $"{Mark}-1", $"{Mark}-2", $"{Mark}-3", $"\n{Mark}-1\n", $"\n{Mark}-2\n", $"\n{Mark}-3\n", $"{Mark}-", "\"", "success", "unsupported",
        "(error \"line 2 column 3: x\")", "(error \"Parse Error: g:1.2: x\")", "(error", "timeout", "(:reason-unknown memout)",
        "% SZS status Theorem for x", "# SZS status Satisfiable", "SZS status", "% SZS output start P", "% SZS output end P", "yes", "no",
        "s SATISFIABLE", "s UNSATISFIABLE", "SATISFIABLE", "v 1 0", "c", " ", "é", "malformed",
    ];

    private static readonly ReadingRules Rules =
        new("x", [0], [ReadingRules.WithinLine("malformed")], ReadingRules.WholeLine("yes"), ReadingRules.WholeLine("no"));

    private static readonly Gen<string> Output = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));

    private static Config Config => Config.QuickThrowOnFailure.WithEndSize(40)
        .WithMaxTest(Stress.Count(2_000, 200_000));

    [Fact]
    public void It_does_not_matter_how_the_bytes_are_cut() => Prop.ForAll(Output.Zip(Output).Zip(Gen.Choose(1, 9)).ToArbitrary(), drawn =>
    {
        var ((stdout, stderr), piece) = drawn;
        foreach (var kind in Enum.GetValues<ReadingKind>())
        {
            foreach (var end in new RunEnd?[] { new RunEnd.Exited(0), new RunEnd.Signalled(9), null })
                Assert.Equal(Read(kind, stdout, stderr, int.MaxValue).Conclude(end), Read(kind, stdout, stderr, piece).Conclude(end));
        }
    }).Check(Config);

    [Fact]
    public void A_decisive_answer_is_not_taken_back_by_anything() => Prop.ForAll(Output.Zip(Output).ToArbitrary(), drawn =>
    {
        var reading = Read(ReadingKind.SmtLib2, drawn.Item1, "", int.MaxValue);
        if (!reading.IsConclusive)
            return;
        var first = reading.Conclude(null);
        reading.Stdout(Encoding.UTF8.GetBytes(drawn.Item2));
        Assert.True(reading.IsConclusive);
        Assert.Equal(first.Verdict, reading.Conclude(new RunEnd.Signalled(11)).Verdict);
    }).Check(Config);

    [Fact]
    public void A_fault_and_a_decisive_verdict_exclude_each_other() => Prop.ForAll(Output.Zip(Output).ToArbitrary(), drawn =>
    {
        foreach (var kind in Enum.GetValues<ReadingKind>())
        {
            var said = Read(kind, drawn.Item1, drawn.Item2, int.MaxValue).Conclude(new RunEnd.Exited(0));
            Assert.Equal(said.Verdict, said.Szs.Verdict());
            Assert.False(said.Verdict.IsDecisive() && (said.Fault is not null || said.Malformed is not null));
        }
    }).Check(Config);

    private static IOutputReading Read(ReadingKind kind, string stdout, string stderr, int piece)
    {
        var (language, goal) = kind switch
        {
            ReadingKind.SmtLib2 => (GoalLanguage.SmtLib2, "(assert p)\n(check-sat)\n(get-model)"),
            ReadingKind.Dimacs => (GoalLanguage.Dimacs, "p cnf 1 1\n1 0\n"),
            _ => (GoalLanguage.Tptp, "fof(c, conjecture, p)."),
        };
        Assert.True(GoalReader.TryRead(language, Encoding.UTF8.GetBytes(goal), out var document, out _));
        var (_, reading) = Reading.Prepare(kind, document, Rules, keepOutput: true, Mark);
        var output = new ProverOutput(Encoding.UTF8.GetBytes(stdout), Encoding.UTF8.GetBytes(stderr), [], null, "");
        output.Feed(reading, piece);
        return reading;
    }
}
