using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Races;

/// <summary>The ways to hold a prover in that this machine has.</summary>
public static class Ways
{
    private static readonly Lazy<string?> s_fault = new(() =>
    {
        try
        {
            ProverLauncher.Create(SandboxMode.Required).Dispose();
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    });

    /// <summary>Why there is no sandbox here, or null.</summary>
    public static string? Fault => s_fault.Value;

    /// <summary>True is the sandbox, false the fallback.</summary>
    public static TheoryData<bool> All => Fault is null ? [true, false] : [false];
}

/// <summary>A spec of the sandbox alone; it is skipped, and says why, where there is none.</summary>
public sealed class SandboxFactAttribute : FactAttribute
{
    public SandboxFactAttribute(params string[] programs) => Skip = Ways.Fault ?? Needs.Programs(programs);
}

/// <inheritdoc cref="SandboxFactAttribute"/>
public sealed class SandboxTheoryAttribute : TheoryAttribute
{
    public SandboxTheoryAttribute(params string[] programs) => Skip = Ways.Fault ?? Needs.Programs(programs);
}
