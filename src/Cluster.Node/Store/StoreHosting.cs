using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Store;

internal static class StoreHosting
{
    /// <summary>Opens the store that the settings name; null if they name none. Whoever opens it closes it, when all that uses it has ended.</summary>
    /// <param name="settings">Where it is.</param>
    /// <param name="isAlone">Whether no other node can join this one.</param>
    /// <param name="clock">The node's.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreRefusal">It cannot be used.</exception>
    /// <exception cref="SettingsException">It is not for nodes that may be several.</exception>
    public static async Task<NodeStore?> OpenAsync(StoreSettings settings, bool isAlone, TimeProvider clock, CancellationToken cancellation) => settings switch
    {
        { Folder: not null } when !isAlone => throw new SettingsException("a store in a folder is for one node alone, and this one is in a cluster: give all its nodes one server with --store postgres://..."),
        { Folder: { } folder } => await NodeStore.OpenAsync(folder, clock, cancellation),
        { Url: { } url } => await NodeStore.OpenAsync(url, clock, cancellation),
        _ => null,
    };

    /// <summary>The store, as <see cref="IGoalStore"/>, its health, and what there is of it only if there is one: <see cref="NodeStore"/> and <see cref="IVerdictCache"/>.</summary>
    public static IServiceCollection AddStore(this IServiceCollection services, NodeStore? store)
    {
        // Nothing of it is made by the container, which therefore ends nothing of it either.
        if (store is null)
            return services.AddSingleton<IGoalStore>(new NoStore()).AddSingleton(new StoreHealth(""));
        return services.AddSingleton(store).AddSingleton(store.Goals).AddSingleton(store.Verdicts).AddSingleton(store.Access.Health)
            .AddHostedService(provider => new StorePulse(store, provider.GetRequiredService<TimeProvider>(), () => NodeLog.Of(provider.GetRequiredService<ActorSystem>())));
    }
}
