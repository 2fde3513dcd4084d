namespace ProverCluster.Deploy;

/// <summary>A test of what deploy/k8s comes to, for each overlay. It is skipped, and says why, where nothing can make the manifests.</summary>
public sealed class OverlaysTheoryAttribute : TheoryAttribute
{
    public OverlaysTheoryAttribute() => Skip = Manifests.Missing();
}

/// <summary>A test that holds them against Kubernetes' own descriptions, which ./test brings from npm.</summary>
public sealed class CheckedTheoryAttribute : TheoryAttribute
{
    public CheckedTheoryAttribute() => Skip = Manifests.Missing() ?? Checker.Missing();
}

/// <inheritdoc cref="CheckedTheoryAttribute"/>
public sealed class CheckedFactAttribute : FactAttribute
{
    public CheckedFactAttribute() => Skip = Manifests.Missing() ?? Checker.Missing();
}

/// <summary>A test in a container, which only root may make, of what production wants of one. Not for every change: it is as much the machine that is tried.</summary>
public sealed class ContainerFactAttribute : FactAttribute
{
    public ContainerFactAttribute() => Skip = Needs.Stress() ?? Manifests.Missing() ?? Needs.Programs(["runc", "bwrap"])
        ?? (Environment.IsPrivilegedProcess ? null : "only root may make a container");
}

/// <summary>deploy/k8s/check, where ./test has put it with the packages that it needs.</summary>
internal static class Checker
{
    private static readonly string s_folder = Path.Combine(Repo.Root, "artifacts/k8s-check");

    public static string? Missing() => Needs.Programs(["node"]) is { } node ? node
        : File.Exists(Path.Combine(s_folder, "installed.json")) ? null
        : "what deploy/k8s/check needs is not installed: ./test does it with npm, from a network";

    /// <summary>What it says of those objects, and whether they pass.</summary>
    public static async Task<(bool Pass, string Said)> TryAsync(string yaml)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, yaml);
            var (code, said) = await Run.TryAsync("/bin/sh", "-c", "exec node \"$0\" < \"$1\"", Path.Combine(s_folder, "check.mjs"), file);
            return (code == 0, said);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
