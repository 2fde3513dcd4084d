using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

public interface IDependencyResolver
{
    T GetService<T>();

    object GetService(Type type);

    Props Props<T>(params object[] args) where T : ActorBase;
}

/// <summary>Props whose constructor arguments come from the host's services, apart from those given.</summary>
public sealed class DependencyResolver : IExtension
{
    public DependencyResolver(IDependencyResolver resolver) => Resolver = resolver;
    public IDependencyResolver Resolver { get; }
    public static DependencyResolver For(ActorSystem actorSystem) => actorSystem.WithExtension<DependencyResolver, DependencyResolverExtension>();
    public Props Props<T>(params object[] args) where T : ActorBase => Resolver.Props<T>(args);
}

public sealed class DependencyResolverExtension : ExtensionIdProvider<DependencyResolver>
{
    private readonly IServiceProvider _services;
    public DependencyResolverExtension() { }
    private DependencyResolverExtension(IServiceProvider services) => _services = services;

    public override DependencyResolver CreateExtension(ExtendedActorSystem system) => new(new ServiceResolver(
        _services ?? throw new InvalidOperationException("This actor system was not made by a host, so there are no services to resolve.")));

    internal static void Bind(ActorSystem system, IServiceProvider services) => system.RegisterExtension(new DependencyResolverExtension(services));
}

internal sealed class ServiceResolver(IServiceProvider services) : IDependencyResolver
{
    public T GetService<T>() => services.GetService<T>();
    public object GetService(Type type) => services.GetService(type);

    public Props Props<T>(params object[] args) where T : ActorBase =>
        new(typeof(T), args, () => ActivatorUtilities.CreateInstance<T>(services, args));
}
