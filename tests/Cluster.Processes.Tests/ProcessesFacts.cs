using System.Diagnostics;
using ProverCluster.Node;

namespace ProverCluster.Processes;

/// <summary>A test with nodes in processes of their own. It is skipped, and says why, where nodes cannot reach each other.</summary>
public sealed class ProcessesFactAttribute : FactAttribute
{
    public ProcessesFactAttribute() => Skip = Wanted.Network();
}

/// <summary>The same where programs of the machine are needed, too.</summary>
public sealed class ProcessesRequiresFactAttribute : FactAttribute
{
    public ProcessesRequiresFactAttribute(params string[] programs) => Skip = Wanted.Network() ?? Needs.Programs(programs);
}

/// <summary>The same for hours, with the timings that are shipped.</summary>
public sealed class ProcessesStressFactAttribute : FactAttribute
{
    public ProcessesStressFactAttribute() => Skip = Wanted.Network() ?? Needs.Stress();
}

/// <summary>A test that cuts a link: nodes in network namespaces of their own, which only root may make, and not in every container.</summary>
public sealed class LinkFactAttribute : FactAttribute
{
    public LinkFactAttribute() => Skip = Wanted.Namespaces();
}

/// <summary>The same for hours, with the timings that are shipped.</summary>
public sealed class LinkStressFactAttribute : FactAttribute
{
    public LinkStressFactAttribute() => Skip = Wanted.Namespaces() ?? Needs.Stress();
}

/// <summary>A test of the pods of deploy/k8s, each in a network namespace of its own.</summary>
public sealed class PodsFactAttribute : FactAttribute
{
    public PodsFactAttribute() => Skip = Wanted.Namespaces() ?? Manifests.Missing();
}

/// <summary>The same for hours, with the timings that are shipped.</summary>
public sealed class PodsStressFactAttribute : FactAttribute
{
    public PodsStressFactAttribute() => Skip = Wanted.Namespaces() ?? Manifests.Missing() ?? Needs.Stress();
}

/// <summary>A test with a store on a server.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing();
}

/// <summary>The same for hours, with nodes that reach each other.</summary>
public sealed class PostgresStressFactAttribute : FactAttribute
{
    public PostgresStressFactAttribute() => Skip = Wanted.Network() ?? PostgresServer.Missing() ?? Needs.Stress();
}

internal static class Wanted
{
    private static readonly Lazy<string?> s_namespaces = new(Trial);

    public static string? Network() =>
        ActorRuntime.HasNetwork ? null : $"nodes in several processes need the akka runtime, and this build has {ActorRuntime.Name}";

    public static string? Namespaces() => Network() ?? s_namespaces.Value;

    private static string? Trial()
    {
        if (Needs.Programs(["ip"]) is { } missing)
            return missing;
        // A bridge is what many containers forbid although they allow namespaces.
        var name = $"pct{Environment.ProcessId % 0x10000:x4}";
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"ip netns add {name} && ip link add {name} type bridge; code=$?; ip link del {name}; ip netns del {name}; exit $code"])
        {
            RedirectStandardError = true,
        };
        using var trial = Process.Start(start)!;
        var said = trial.StandardError.ReadToEnd();
        trial.WaitForExit();
        return trial.ExitCode == 0 ? null : $"network namespaces cannot be made here: {said.Split('\n')[0]}";
    }
}
