using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>What is said at start. Changes PATH, so nothing else may run meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class ProbeSpecs : IDisposable
{
    private const string Refusal = "bwrap: No permissions to creating new namespace";

    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public void Dispose() => Environment.SetEnvironmentVariable("PATH", _path);

    [SandboxFact]
    public void Where_it_works_provers_run_in_a_sandbox()
    {
        using var launcher = ProverLauncher.Create(SandboxMode.Auto);
        Assert.True(launcher.Confinement.Sandboxed);
    }

    [Fact]
    public void Without_bubblewrap_the_fallback_is_taken_and_said()
    {
        Environment.SetEnvironmentVariable("PATH", "/nowhere");
        using var launcher = ProverLauncher.Create(SandboxMode.Auto);
        Assert.False(launcher.Confinement.Sandboxed);
        Assert.StartsWith("no sandbox: bwrap is not on PATH (Debian's package is bubblewrap); a prover can read", launcher.Confinement.Why);
    }

    [Fact]
    public void Where_namespaces_are_not_allowed_the_fallback_is_taken_and_bubblewraps_words_are_said()
    {
        using var bwrap = FakeBwrap();
        using var launcher = ProverLauncher.Create(SandboxMode.Auto);
        Assert.False(launcher.Confinement.Sandboxed);
        Assert.Contains(Refusal, launcher.Confinement.Why);
    }

    [Fact]
    public void A_sandbox_that_is_required_and_cannot_be_had_stops_the_start()
    {
        using var bwrap = FakeBwrap();
        var refusal = Assert.Throws<InvalidOperationException>(() => ProverLauncher.Create(SandboxMode.Required));
        Assert.StartsWith($"the sandbox is required but cannot be had: {Refusal}", refusal.Message);
    }

    private static Script FakeBwrap()
    {
        var script = new Script($"#!/bin/sh\necho '{Refusal}' >&2\nexit 1\n", "bwrap");
        Environment.SetEnvironmentVariable("PATH", Path.GetDirectoryName(script.Path));
        return script;
    }
}
