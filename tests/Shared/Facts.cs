using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProverCluster.Testing;

/// <summary>A test that takes minutes or hours. xunit 2 decides before a test runs whether it is skipped, so these attributes do.</summary>
public sealed class StressFactAttribute : FactAttribute
{
    public StressFactAttribute(params string[] programs) => Skip = Needs.Stress() ?? Needs.Programs(programs);
}

/// <summary>A test that needs programs of the machine, by their names on PATH; it is skipped, and says so, where one is missing.</summary>
public sealed class RequiresFactAttribute : FactAttribute
{
    public RequiresFactAttribute(params string[] programs) => Skip = Needs.Programs(programs);
}

/// <inheritdoc cref="RequiresFactAttribute"/>
public sealed class RequiresTheoryAttribute : TheoryAttribute
{
    public RequiresTheoryAttribute(params string[] programs) => Skip = Needs.Programs(programs);
}

/// <summary>A test of what is kept in a folder, which takes the machine's own SQLite.</summary>
public sealed class SqliteFactAttribute : FactAttribute
{
    public SqliteFactAttribute() => Skip = Needs.Sqlite();
}

/// <summary>Whether this is <c>./test --stress</c>.</summary>
internal static class Stress
{
    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable("PROVER_CLUSTER_STRESS") == "1";

    /// <summary>How many there are to be, of something of which a quick test has fewer.</summary>
    public static int Count(int quick, int stress) => IsWanted ? stress : quick;
}

internal static class Needs
{
    public static string? Stress() => Testing.Stress.IsWanted ? null : "a long run: ./test --stress";

    public static string? Sqlite() => NativeLibrary.TryLoad("libsqlite3.so.0", out _) ? null : "SQLite not found: apt-get install libsqlite3-0";

    public static string? Programs(string[] programs)
    {
        var missing = programs.Where(program => !IsOnPath(program)).ToList();
        return missing.Count == 0
            ? programs.Contains("bwrap") && !SandboxWorks.Value ? "bwrap cannot make a sandbox here" : null
            : $"{string.Join(", ", missing)} not found: apt-get install {string.Join(' ', missing.Select(DebianPackage))}";
    }

    // Installed is not allowed: many containers forbid namespaces.
    private static readonly Lazy<bool> SandboxWorks = new(() =>
    {
        using var trial = Process.Start(new ProcessStartInfo("bwrap", ["--unshare-user", "--unshare-pid", "--ro-bind", "/", "/", "true"]) { RedirectStandardError = true })!;
        trial.WaitForExit();
        return trial.ExitCode == 0;
    });

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    private static string DebianPackage(string program) => program switch
    {
        "SPASS" => "spass",
        "ip" => "iproute2",
        "promtool" => "prometheus",
        "bwrap" => "bubblewrap",
        "cryptominisat5" => "cryptominisat",
        _ => program,
    };
}
