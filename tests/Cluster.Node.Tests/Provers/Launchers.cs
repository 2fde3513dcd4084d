using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>The two ways to run a prover; a spec with rows <see cref="InSandboxAttribute"/> and <see cref="InFallbackAttribute"/> holds for both.</summary>
public sealed class Launchers : IDisposable
{
    private readonly Lazy<ProverLauncher> _sandbox = new(() => ProverLauncher.Create(SandboxMode.Required));
    private readonly Lazy<ProverLauncher> _fallback = new(() => ProverLauncher.Create(SandboxMode.Off));

    internal IProverLauncher Sandbox => _sandbox.Value;

    internal IProverLauncher Fallback => _fallback.Value;

    internal IProverLauncher Get(bool sandboxed) => sandboxed ? Sandbox : Fallback;

    public void Dispose()
    {
        if (_sandbox.IsValueCreated)
            _sandbox.Value.Dispose();

        if (_fallback.IsValueCreated)
            _fallback.Value.Dispose();
    }
}
