using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Conformance;

public sealed class HostingSpecs
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private sealed record Greeting(string Text);

    private sealed class Greeter : ReceiveActor
    {
        public Greeter(Greeting greeting, string name) => ReceiveAny(_ => Sender.Tell($"{greeting.Text} {name}"));
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private static IHost Build(Action<AkkaConfigurationBuilder, IServiceProvider> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new Greeting("hello"));
        builder.Services.AddAkka("hosted", (akka, services) =>
        {
            akka.AddHocon("akka.loglevel = OFF, akka.stdout-loglevel = OFF", HoconAddMode.Prepend);
            configure(akka, services);
        });
        return builder.Build();
    }

    [Fact]
    public async Task Actors_should_be_started_with_the_host_and_be_found_by_their_key()
    {
        using var host = Build((akka, _) => akka.WithActors((system, registry, resolver) =>
        {
            registry.Register<Echo>(system.ActorOf<Echo>("echo"));
            registry.Register<Greeter>(system.ActorOf(resolver.Props<Greeter>("world")));
        }));
        await host.StartAsync();

        var echo = host.Services.GetRequiredService<IRequiredActor<Echo>>().ActorRef;
        Assert.Equal("x", await echo.Ask<string>("x", Long));
        var greeter = await host.Services.GetRequiredService<IRequiredActor<Greeter>>().GetAsync();
        Assert.Equal("hello world", await greeter.Ask<string>("?", Long));
        var system = host.Services.GetRequiredService<ActorSystem>();
        Assert.Equal("hosted", system.Name);
        Assert.Same(echo, ActorRegistry.For(system).Get<Echo>());
        Assert.Equal("hello again", await system.ActorOf(DependencyResolver.For(system).Props<Greeter>("again")).Ask<string>("?", Long));

        await host.StopAsync().WaitAsync(Long);
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task Stopping_the_host_should_run_the_coordinated_shutdown()
    {
        var ran = new TaskCompletionSource<object>();
        using var host = Build((akka, _) => akka.AddStartup((system, _) =>
            CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "note", () =>
            {
                ran.SetResult(CoordinatedShutdown.Get(system).ShutdownReason);
                return Task.FromResult(Done.Instance);
            })));
        await host.StartAsync();
        await host.StopAsync().WaitAsync(Long);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, await ran.Task);
    }

    [Fact]
    public async Task A_system_that_ends_should_end_the_host()
    {
        using var host = Build((_, _) => { });
        await host.StartAsync();
        await host.Services.GetRequiredService<ActorSystem>().Terminate();
        await host.WaitForShutdownAsync().WaitAsync(Long);
    }

    [Fact]
    public async Task Configuration_should_be_laid_over_and_under_what_is_there()
    {
        using var host = Build((akka, _) => akka
            .AddHocon("a = 1, b = 1", HoconAddMode.Append)
            .AddHocon("a = 2, c = 2", HoconAddMode.Prepend)
            .AddHocon("b = 3, d = 3", HoconAddMode.Append));
        await host.StartAsync();
        var config = host.Services.GetRequiredService<ActorSystem>().Settings.Config;
        Assert.Equal([2, 1, 2, 3], new[] { "a", "b", "c", "d" }.Select(key => config.GetInt(key)));
        await host.StopAsync().WaitAsync(Long);
    }

    [Fact]
    public async Task Startup_tasks_should_run_after_the_actors_have_been_started()
    {
        var order = new List<string>();
        using var host = Build((akka, _) => akka
            .AddStartup((_, registry) => order.Add($"startup {registry.TryGet<Echo>(out IActorRef _)}"))
            .WithActors(async (system, registry) =>
            {
                await Task.Yield();
                registry.Register<Echo>(system.ActorOf<Echo>());
                order.Add("actors");
            }));
        await host.StartAsync();
        Assert.Equal(["actors", "startup True"], order);
        await host.StopAsync().WaitAsync(Long);
    }

    [Fact]
    public async Task The_registry_should_refuse_two_under_one_key_and_wait_for_one_to_come()
    {
        using var system = ActorSystem.Create("registry", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        var (one, two) = (system.ActorOf<Echo>(), system.ActorOf<Echo>());
        var registry = ActorRegistry.For(system);
        Assert.Throws<MissingActorRegistryEntryException>(() => registry.Get<Echo>());
        Assert.False(registry.TryGet<Echo>(out _));
        var waiting = registry.GetAsync<Echo>();
        Assert.False(waiting.IsCompleted);

        registry.Register<Echo>(one);
        Assert.Equal(one, await waiting.WaitAsync(Long));
        Assert.Throws<DuplicateActorRegistryException>(() => registry.Register<Echo>(two));
        Assert.False(registry.TryRegister<Echo>(two));
        registry.Register<Echo>(two, overwrite: true);
        Assert.Equal(two, registry.Get<Echo>());
    }
}
