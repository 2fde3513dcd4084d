using System.Text.RegularExpressions;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends.Readings;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>A backend as its entry describes it, for specs of readings alone.</summary>
internal sealed record TestBackend(
    string Name,
    GoalLanguage Language,
    ReadingKind Reading,
    string Executable,
    string[] Arguments,
    int[] AcceptedExits,
    string[] Malformed,
    string? Proved = null,
    string? Refuted = null,
    string? ResultFile = null,
    string? MemoryKib = null,
    string? Signal = null)
{
    public static readonly TestBackend[] All =
    [
        new("z3", GoalLanguage.SmtLib2, ReadingKind.SmtLib2, "z3", ["-smt2", "{goal}"], [0, 1],
            [@"^\(error ""line \d+ column \d+: (unknown (constant|sort|function)|invalid|unexpected|ambiguous|[Pp]arsing|overflow)"]),
        new("cvc5", GoalLanguage.SmtLib2, ReadingKind.SmtLib2, "cvc5", ["--lang=smt2", "{goal}"], [0, 1], [@"^\(error ""Parse Error: "]),
        new("cvc4", GoalLanguage.SmtLib2, ReadingKind.SmtLib2, "cvc4", ["--lang=smt2", "{goal}"], [0, 1], [@"^\(error ""Parse Error: "]),
        new("boolector", GoalLanguage.SmtLib2, ReadingKind.Patterns, "boolector", ["--smt2", "{goal}"], [0, 10, 20],
            [@"^[^ ]*\.smt2:\d+: (expected|undefined|invalid|unexpected)"], "unsat", "sat"),
        new("eprover", GoalLanguage.Tptp, ReadingKind.Szs, "eprover", ["--auto-schedule", "--cpu-limit=10", "--tptp3-format", "--silent", "--proof-object", "{goal}"], [0, 1, 7, 8, 9],
            [@"^eprover: .*:\d+:\(Column \d+\)", "^eprover: Type error"]),
        new("spass", GoalLanguage.Tptp, ReadingKind.Patterns, "SPASS", ["-TPTP", "-PGiven=0", "-PProblem=0", "{goal}"], [0],
            ["^syntax error on line ", "formula skipped near line ", "^Free variable occurence near line ", "^Symbol '.*' used with different arity"],
            "SPASS beiseite: Proof found\\.", "SPASS beiseite: Completion found\\."),
        new("cvc5", GoalLanguage.Tptp, ReadingKind.Szs, "cvc5", ["--lang=tptp", "--finite-model-find", "{goal}"], [0, 1], [@"^\(error ""Parse Error: "]),
        new("cadical", GoalLanguage.Dimacs, ReadingKind.Dimacs, "cadical", ["-q", "{goal}"], [0, 10, 20], ["parse error: "]),
        new("minisat", GoalLanguage.Dimacs, ReadingKind.Dimacs, "minisat", ["-verb=0", "{goal}", "{folder}/model"], [0, 10, 20], ["PARSE ERROR!"], ResultFile: "model"),
        new("picosat", GoalLanguage.Dimacs, ReadingKind.Dimacs, "picosat", ["{goal}"], [0, 10, 20],
            [@":\d+: (expected|missing|maximal|clause|trailing|too many|invalid)"]),
        new("cryptominisat5", GoalLanguage.Dimacs, ReadingKind.Dimacs, "cryptominisat5", ["--verb", "0", "{goal}"], [0, 10, 15, 20], ["PARSE ERROR!", "^ERROR!"]),
        new("z3", GoalLanguage.Dimacs, ReadingKind.Dimacs, "z3", ["-dimacs", "{goal}"], [0, 10, 20], [@"^\(error, ""unexpected char"]),
    ];

    /// <summary>The command line, with the address space limited or a signal sent after half a second, where a transcript needs that.</summary>
    public IEnumerable<string> CommandLine => (MemoryKib, Signal) switch
    {
        ({ } kib, _) => ["sh", "-c", $"ulimit -v {kib}; exec \"$@\"", "sh", Path!, .. Arguments],
        (_, { } signal) => ["sh", "-c", $"\"$@\" & sleep 0.5; kill -{signal} $!; wait $!; exit $?", "sh", Path!, .. Arguments],
        _ => [Path!, .. Arguments],
    };

    public string Id => $"{Name}-{Language.Name()}";

    public ReadingRules Rules => new(
        Name,
        AcceptedExits,
        [.. Malformed.Select(ReadingRules.WithinLine)],
        Pattern(Proved),
        Pattern(Refuted));

    public bool IsInstalled => Path is not null;

    public string? Path => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => System.IO.Path.Combine(folder, Executable)).FirstOrDefault(File.Exists);

    public static TestBackend Of(string name, GoalLanguage language) => All.Single(backend => backend.Name == name && backend.Language == language);

    private static Regex? Pattern(string? pattern) => pattern is null ? null : ReadingRules.WholeLine(pattern);
}
