using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Provers;

internal static class LauncherHosting
{
    /// <summary>The launcher, in a sandbox as far as this machine and the settings allow. Added before whatever needs it when it starts.</summary>
    public static IServiceCollection AddLauncher(this IServiceCollection services, SandboxSettings sandbox)
    {
        // Its trial run takes as long as the rest of a start, which has another processor for it: begun now.
        var start = new LauncherStart(sandbox);
        return services
            .AddSingleton(_ => start)
            .AddHostedService(provider => provider.GetRequiredService<LauncherStart>())
            .AddSingleton<IProverLauncher>(provider => provider.GetRequiredService<LauncherStart>().Launcher);
    }
}
