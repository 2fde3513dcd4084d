#pragma warning disable RS0030 // a container cannot await
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Provers;

internal static class LauncherHosting
{
    /// <summary>The launcher, in a sandbox as far as this machine and the settings allow.</summary>
    public static IServiceCollection AddLauncher(this IServiceCollection services, SandboxSettings sandbox)
    {
        // Its trial run takes as long as the rest of a start, which has another processor for it: begun now, waited for when it is needed.
        var launcher = Task.Run(() => ProverLauncher.Create(sandbox.Mode, sandbox.Bubblewrap));
        return services.AddSingleton<IProverLauncher>(_ => launcher.GetAwaiter().GetResult());
    }
}
