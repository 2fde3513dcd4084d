using System.Text;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Backends.Readings;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>
/// A seeded fuzz: problems that hide a false axiom in quotes and comments. If our reader sees none, no prover may prove anything.
/// Twenty problems a prover, or with PROVER_CLUSTER_STRESS=1 a thousand.
/// </summary>
public class Hidden_formulas
{
    private static readonly string[] Pieces =
    [
        "fof(hidden,axiom,$false).", "fof(a,axiom,p).", "fof(b,axiom,q('c')).", "fof('d',axiom,r('%')).", "fof(e,axiom,s('\\'')).", "fof(f,axiom,s('\\\\')).",
        "%", "#", "/*", "*/", "/**/", "/***/", "/*/", "'", "''", "\\", "\"", "\n", "\n", "\r\n", "\r", " ", "\t", "é", "fof(g,axiom,t(", ")).", ".", "/", "* ",
    ];

    public static TheoryData<string> Backends => [.. TestBackend.All.Where(backend => backend.Language == GoalLanguage.Tptp).Select(backend => backend.Name)];

    [InstalledTheory, MemberData(nameof(Backends))]
    public void No_prover_reads_a_formula_that_our_reader_does_not_see(string name)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PROVER_CLUSTER_SEED"), out var given) ? given : 20;
        var random = new Random(seed);
        var wanted = Stress.Count(20, 1_000);
        var backend = TestBackend.Of(name, GoalLanguage.Tptp);
        for (var accepted = 0; accepted < wanted;)
        {
            var text = Encoding.UTF8.GetBytes(Problem(random));
            if (!TptpProblem.TryRead(text, out var problem, out _) || SeesHidden(text))
                continue;
            accepted++;
            var (plain, reading) = Reading.Prepare(backend.Reading, problem, backend.Rules, keepOutput: false);
            var said = ProverOutput.Of(backend, plain, TimeSpan.FromSeconds(5)).Saying(reading);
            Assert.False(said.Verdict == Verdict.Proved, $"{name} read a hidden formula, seed {seed}:\n{Encoding.UTF8.GetString(text)}");
        }
    }

    private static bool SeesHidden(byte[] text)
    {
        foreach (var item in new TptpScanner(text))
        {
            if (text.AsSpan(item.First).SequenceEqual("hidden"u8))
                return true;
        }

        return false;
    }

    private static string Problem(Random random)
    {
        var text = new StringBuilder("fof(base,axiom,p).\n");
        for (var pieces = random.Next(2, 9); pieces > 0; pieces--)
            text.Append(Pieces[random.Next(Pieces.Length)]);
        return text.Append('\n').ToString();
    }
}
