using System.Globalization;

namespace ProverCluster.Testing;

/// <summary>
/// Provers as /proc shows them, from outside of all our own accounts. A prover is known by its run's id in its environment; what
/// has cleared its environment, by its parent, or by the odd pair of real-time limits that it shares with one that has not.
/// </summary>
internal sealed class ProverProcesses(Func<string, bool> isWanted)
{
    private const string RunVariable = "PROVER_CLUSTER_RUN=";

    private readonly HashSet<string> _tags = [];
    private readonly HashSet<int> _everSeen = [];

    /// <summary>Every process that was there at any look.</summary>
    public IReadOnlyCollection<int> EverSeen => _everSeen;

    /// <summary>Those of one goal's runs.</summary>
    public static ProverProcesses OfGoal(string goal) => new(environment => environment.Contains($"\0{RunVariable}{goal}/", StringComparison.Ordinal));

    /// <summary>Those whose backend's entry puts this into their environment.</summary>
    public static ProverProcesses With(string variable, string value) =>
        new(environment => environment.Contains($"\0{variable}={value}\0", StringComparison.Ordinal));

    /// <summary>Those alive now. A zombie is dead: its memory is gone, and its parent has only to be told.</summary>
    public IReadOnlyList<Seen> Look()
    {
        var all = Pids().Select(See).OfType<Seen>().ToArray();
        var wanted = all.Where(each => isWanted("\0" + each.Environment)).ToHashSet();
        _tags.UnionWith(wanted.Select(each => each.Tag).OfType<string>());
        wanted.UnionWith(all.Where(each => each.Tag is { } tag && _tags.Contains(tag)));
        for (var known = 0; known < wanted.Count;)
        {
            known = wanted.Count;
            wanted.UnionWith(all.Where(each => wanted.Any(parent => parent.Pid == each.Parent)));
        }

        Seen[] living = [.. wanted.Where(each => IsAlive(each.Pid))];
        _everSeen.UnionWith(living.Select(each => each.Pid));
        return living;
    }

    /// <summary>The runs of every living process on this machine that says in its environment whose it is, as they are written there, and what else it says.</summary>
    /// <param name="variable">The name of what else is wanted.</param>
    public static IEnumerable<(string Run, string? Also)> Runs(string variable) =>
        from pid in Pids()
        let environment = "\0" + Read(pid, "environ")
        let run = Value(environment, RunVariable)
        where run is not null && IsAlive(pid)
        select (run, Value(environment, $"{variable}="));

    private static string? Value(string environment, string name) =>
        environment.IndexOf($"\0{name}", StringComparison.Ordinal) is >= 0 and var at ? environment[(at + 1 + name.Length)..].Split('\0')[0] : null;

    public static bool IsAlive(int pid) => Read(pid, "stat") is { Length: > 0 } stat && stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');

    /// <summary>Null of what has just gone, and of the kernel's own threads, of which a machine has many: a look at a process takes four files.</summary>
    private static Seen? See(int pid)
    {
        const int isKernels = 0x0020_0000;
        var stat = Read(pid, "stat");
        // State, parent, group, session, terminal, its group, flags.
        return stat.Length > 0 && stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is var fields && (uint.Parse(fields[6], CultureInfo.InvariantCulture) & isKernels) == 0
            ? new Seen(pid, int.Parse(fields[1], CultureInfo.InvariantCulture), Read(pid, "comm").Trim(), Read(pid, "environ"), Tag(pid))
            : null;
    }

    /// <summary>True once the process has said what to do at that signal.</summary>
    public static bool Catches(int pid, int signal) =>
        Read(pid, "status").Split('\n').FirstOrDefault(line => line.StartsWith("SigCgt:", StringComparison.Ordinal)) is { } line
        && (ulong.Parse(line[7..], NumberStyles.HexNumber | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) & (1UL << (signal - 1))) != 0;

    private static IEnumerable<int> Pids() =>
        from folder in Directory.GetDirectories("/proc")
        let pid = int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var number) ? number : 0
        where pid > 0
        select pid;

    /// <summary>The odd limits of a run, or null of a stranger's.</summary>
    private static string? Tag(int pid) =>
        Read(pid, "limits").Split('\n').FirstOrDefault(line => line.StartsWith("Max realtime timeout", StringComparison.Ordinal)) is { } line
        && !line.Contains("unlimited", StringComparison.Ordinal) ? line : null;

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <param name="Pid">Its number on the host.</param>
    /// <param name="Parent">Its parent's.</param>
    /// <param name="Name">Its program: a script goes by its own name.</param>
    /// <param name="Environment">Its variables, each ended by a null character.</param>
    /// <param name="Tag">Its limits.</param>
    public sealed record Seen(int Pid, int Parent, string Name, string Environment, string? Tag)
    {
        /// <summary>True of a process of that backend's run.</summary>
        public bool IsOf(string backend) => Environment.Contains($"/{backend}/1\0", StringComparison.Ordinal);
    }
}
