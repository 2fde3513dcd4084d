using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Provers;

internal static class LauncherHosting
{
    /// <summary>The launcher, in a sandbox as far as this machine and the settings allow.</summary>
    public static IServiceCollection AddLauncher(this IServiceCollection services, SandboxSettings sandbox) =>
        services.AddSingleton<IProverLauncher>(_ => ProverLauncher.Create(sandbox.Mode, sandbox.Bubblewrap));
}
