using ProverCluster.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>A client of a cluster as a service of a host.</summary>
public static class ProverClientHosting
{
    /// <summary>Adds one <see cref="IProverClient"/> for the whole program. The host disposes it, asynchronously.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="endpoints">The HTTP addresses of some nodes.</param>
    public static IServiceCollection AddProverClient(this IServiceCollection services, params string[] endpoints)
    {
        // At once, so that a wrong address stops the start and not the first call.
        var options = new ProverClientOptions { Endpoints = endpoints };
        return services.AddProverClient(_ => options);
    }

    /// <inheritdoc cref="AddProverClient(IServiceCollection, string[])"/>
    /// <param name="services">The host's services.</param>
    /// <param name="options">How the cluster is reached, from what the host knows.</param>
    public static IServiceCollection AddProverClient(this IServiceCollection services, Func<IServiceProvider, ProverClientOptions> options) =>
        services.AddSingleton<IProverClient>(provider => ProverClient.Connect(options(provider)));
}
