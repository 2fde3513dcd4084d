using System.Text;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends.Readings;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>
/// A seeded fuzz: scripts that hide an <c>echo</c> in quotes, comments and broken commands. If our reader accepts a script, no prover
/// may run what our reader took for something else. Twenty scripts a prover, or with PROVER_CLUSTER_STRESS=1 two thousand.
/// </summary>
public class Hidden_commands
{
    private const string Hidden = "HIDDEN";

    private static readonly string[] Noise =
    [
        "\"(echo \"\"HIDDEN\"\")\"", "|(echo \"HIDDEN\")|", "; (echo \"HIDDEN\")\n", ";\"\n", ";|\n", "\"|\"", "|\"|", "\"\\\"", "\"\\\\\"", "|\\ (echo \"HIDDEN\")|", "\"\"", "||",
        "(echo \"HIDDEN\")", "((echo \"HIDDEN\"))", "(let ((a true)) (echo \"HIDDEN\"))", "(! true :named (echo \"HIDDEN\"))", "(foo", "(and", "(_ bv1", "(as", "(forall ((a Int))", ")", ")", ")", ")",
        "true", "p", "1", "-1", "#b01", "#x", "#", "'", "`", "{", "}", "[", "]", ",", "\\", "$", "~", "1.5", "1.", ":key", "\t", "\r\n", "\r", " ", "é", "#|", "|#",
    ];

    private static readonly string[] Starts = ["(assert ", "(set-info :a ", "(set-option :b ", "(declare-fun ", "(define-fun f () Bool ", "(push ", "(foo ", "(get-value ", "", "(check-sat-assuming "];

    public static TheoryData<string> Backends =>
        [.. TestBackend.All.Where(backend => backend.Language == GoalLanguage.SmtLib2 && backend.Reading == ReadingKind.SmtLib2).Select(backend => backend.Name)];

    [InstalledTheory, MemberData(nameof(Backends))]
    public void No_prover_runs_a_command_that_our_reader_does_not_see(string name)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PROVER_CLUSTER_SEED"), out var given) ? given : 20;
        var random = new Random(seed);
        var wanted = Stress.Count(20, 2_000);
        var backend = TestBackend.Of(name, GoalLanguage.SmtLib2);
        for (var accepted = 0; accepted < wanted;)
        {
            var text = Encoding.UTF8.GetBytes(Script(random));
            if (!SmtLibScript.TryRead(text, out var script, out _) || SeesEcho(script))
                continue;
            accepted++;
            var printed = ProverOutput.Of(backend, text, TimeSpan.FromSeconds(5));
            var lines = Encoding.UTF8.GetString(printed.Stdout).Split('\n');
            Assert.False(lines.Any(line => line.Trim('"', '\r') == Hidden), $"{name} ran a hidden command, seed {seed}:\n{Encoding.UTF8.GetString(text)}");
        }
    }

    private static bool SeesEcho(SmtLibScript script)
    {
        foreach (var command in script.Commands)
        {
            if (command.Kind == SmtLibCommandKind.Echo)
                return true;
        }

        return false;
    }

    private static string Script(Random random)
    {
        var script = new StringBuilder("(declare-const p Bool)\n");
        for (var commands = random.Next(1, 4); commands > 0; commands--)
        {
            script.Append(Starts[random.Next(Starts.Length)]);
            for (var pieces = random.Next(1, 8); pieces > 0; pieces--)
                script.Append(Noise[random.Next(Noise.Length)]).Append(random.Next(2) == 0 ? " " : "");
            script.Append(')').Append(random.Next(2) == 0 ? "\n" : "");
        }

        return script.Append("(check-sat)").ToString();
    }
}
