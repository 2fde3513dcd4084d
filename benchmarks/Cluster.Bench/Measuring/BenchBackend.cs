using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;

namespace ProverCluster.Bench.Measuring;

/// <summary>Entries for provers that stand in for provers: nothing about them but what they are started with, and how they are read.</summary>
internal static class BenchBackend
{
    public static Backend Of(BackendName name, GoalLanguage language, BackendReading reading, string executable, params string[] arguments) => new(
        name,
        language,
        executable,
        arguments,
        VersionArguments: [],
        reading,
        AcceptedExits: [0],
        Malformed: [],
        ReadOnly: [],
        new Dictionary<string, string>(),
        ResultFile: null,
        Package: null,
        Default: true);

    /// <summary>z3 itself, which begins a while after it was started: its verdict comes the way verdicts come.</summary>
    /// <param name="name">As a backend.</param>
    /// <param name="waits">Seconds until it begins.</param>
    public static Backend LateZ3(BackendName name, double waits) => ExecutableFinder.Find("z3") is null
        ? throw new BenchRefusal("z3 is the winner of these races, and is not installed")
        : Of(name, GoalLanguage.SmtLib2, new BackendReading.SmtLib2(), "/bin/sh", "-c", FormattableString.Invariant($"sleep {waits}; exec z3 -smt2 \"$1\""), "sh", "{goal}");
}
