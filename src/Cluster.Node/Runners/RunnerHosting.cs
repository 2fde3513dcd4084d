using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Telemetry;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Runners;

internal static class RunnerHosting
{
    /// <summary>What runners need: texts, preparation, and a pace.</summary>
    public static IServiceCollection AddRunners(this IServiceCollection services, NodeSettings settings) => services
        .AddSingleton<TextStore>()
        .AddSingleton<OutputShelf>()
        .AddSingleton<BackendVersions>()
        .AddSingleton<ITickSource>(provider => new PunctualTicks(provider.GetRequiredService<TimeProvider>(), settings.Tick, provider.GetRequiredService<NodeMetrics>()))
        .AddSingleton<IRunPreparation>(provider => new RunPreparation(
            provider.GetRequiredService<BackendCatalogue>(),
            provider.GetRequiredService<BackendVersions>(),
            provider.GetRequiredService<TextStore>(),
            settings.Runs.FolderBytes))
        .AddSingleton(provider => new RunnerTools(
            Environment.MachineName,
            provider.GetRequiredService<IRunPreparation>(),
            provider.GetRequiredService<IProverLauncher>(),
            provider.GetRequiredService<ITickSource>(),
            provider.GetRequiredService<TimeProvider>(),
            settings.Runs.VerdictLinger)
        {
            Metrics = provider.GetRequiredService<NodeMetrics>(),
        });
}
