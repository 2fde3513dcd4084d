using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Conformance;

public sealed class HostingSpecs
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private static IHost Build(Action<AkkaConfigurationBuilder, IServiceProvider> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
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
        using var host = Build((akka, _) => akka.WithActors((system, registry) => registry.Register<Echo>(system.ActorOf<Echo>("echo"))));
        await host.StartAsync();

        var echo = host.Services.GetRequiredService<IRequiredActor<Echo>>().ActorRef;
        Assert.Equal("x", await echo.Ask<string>("x", Long));
        var system = host.Services.GetRequiredService<ActorSystem>();
        Assert.Equal("hosted", system.Name);
        Assert.Same(echo, host.Services.GetRequiredService<ActorRegistry>().Get<Echo>());

        await host.StopAsync().WaitAsync(Long);
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task Stopping_the_host_should_run_the_coordinated_shutdown()
    {
        var ran = new TaskCompletionSource<object>();
        using var host = Build((akka, _) => akka.WithActors((system, _) =>
            CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "note", () =>
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
        Assert.Equal(["2", "1", "2", "3"], new[] { "a", "b", "c", "d" }.Select(key => config.GetString(key)));
        await host.StopAsync().WaitAsync(Long);
    }

    [Fact]
    public void The_registry_should_refuse_two_under_one_key()
    {
        var system = ActorSystem.Create("registry", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        var (one, two) = (system.ActorOf<Echo>(), system.ActorOf<Echo>());
        var registry = new ActorRegistry();
        Assert.ThrowsAny<Exception>(() => registry.Get<Echo>());
        registry.Register<Echo>(one);
        Assert.Equal(one, registry.Get<Echo>());
        Assert.ThrowsAny<Exception>(() => registry.Register<Echo>(two));
        system.Terminate();
    }
}
