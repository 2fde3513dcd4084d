using System.Text;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Backends.Readings;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>Whatever a prover prints, reading it takes little memory.</summary>
public class Large_output
{
    public static TheoryData<string> Lines => ["c searching\n", new string('x', 200) + "\n", new string('x', 100_000), "\n", "(error \"line 2 column 8: x\")\n", "s\n"];

    [Theory, MemberData(nameof(Lines))]
    public void A_flood_before_the_verdict_is_read_through(string line)
    {
        var (_, dimacs) = Prepare(ReadingKind.Dimacs, GoalLanguage.Dimacs, "p cnf 1 1\n1 0\n");
        var (_, szs) = Prepare(ReadingKind.Szs, GoalLanguage.Tptp, "fof(a, axiom, p).");
        var (_, patterns) = Prepare(ReadingKind.Patterns, GoalLanguage.Tptp, "fof(a, axiom, p).");
        var (_, smt) = Prepare(ReadingKind.SmtLib2, GoalLanguage.SmtLib2, "(assert p)\n(assert q)\n(check-sat)");
        var flood = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 1 + (1 << 20) / line.Length)));
        foreach (var (reading, answer) in new[] { (dimacs, "\ns SATISFIABLE\n"), (szs, "\n% SZS status Satisfiable\n"), (patterns, "\nno\n"), (smt, $"\n{Mark}-1\nsat\n{Mark}-2\n") })
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var count = 0; count < 10; count++)
                reading.Stdout(flood);
            reading.Stdout(Encoding.UTF8.GetBytes(answer));
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 30_000_000, reading.GetType().Name);
            var hostile = line.StartsWith("(error", StringComparison.Ordinal) && (reading == smt || reading == dimacs);
            Assert.Equal(hostile ? Verdict.Unknown : Verdict.Refuted, reading.Conclude(Smt.Exit(0)).Verdict);
        }
    }

    [Fact]
    public void Lines_come_whole_however_they_are_cut()
    {
        var text = "one\r\n\ntwo\n" + new string('x', 5000) + "\nlast";
        for (var piece = 1; piece < 40; piece++)
        {
            var splitter = new LineSplitter();
            var lines = new List<string>();
            for (var at = 0; at < text.Length; at += piece)
            {
                ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text[at..Math.Min(at + piece, text.Length)]);
                while (splitter.TryNext(ref bytes, out var line))
                    lines.Add(Encoding.UTF8.GetString(line));
            }

            Assert.Equal(["one", "", "two", new string('x', LineSplitter.MaxLine)], lines);
            Assert.Equal("last", Encoding.UTF8.GetString(splitter.Unended));
        }
    }

    private const string Mark = "00000000000000000000000000000000";

    private static (ReadOnlyMemory<byte> Goal, IOutputReading Reading) Prepare(ReadingKind kind, GoalLanguage language, string goal)
    {
        Assert.True(GoalReader.TryRead(language, Encoding.UTF8.GetBytes(goal), out var document, out _));
        var rules = new ReadingRules("x", [0], [ReadingRules.WithinLine("malformed")], ReadingRules.WholeLine("yes"), ReadingRules.WholeLine("no"));
        return Reading.Prepare(kind, document, rules, keepOutput: false, Mark);
    }
}
