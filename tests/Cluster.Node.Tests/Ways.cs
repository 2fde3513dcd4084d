using System.Reflection;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;
using Xunit.Sdk;

namespace ProverCluster.Node.Tests;

/// <summary>The ways to hold a prover in that this machine has.</summary>
public static class Ways
{
    private static readonly Lazy<string?> ProbeFault = new(() =>
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
    public static string? Fault => ProbeFault.Value;
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

/// <summary>A theory's row for the sandbox: true, and then whatever else is said. Skipped, with the reason, where there is none.</summary>
[DataDiscoverer("Xunit.Sdk.DataDiscoverer", "xunit.core")]
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class InSandboxAttribute : DataAttribute
{
    private readonly object[] _row;

    public InSandboxAttribute(params object[] more)
    {
        _row = [true, .. more];
        Skip = Ways.Fault;
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [_row];
}

/// <summary>The row for the fallback: false, and then whatever else is said.</summary>
[DataDiscoverer("Xunit.Sdk.DataDiscoverer", "xunit.core")]
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class InFallbackAttribute(params object[] more) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[false, .. more]];
}
