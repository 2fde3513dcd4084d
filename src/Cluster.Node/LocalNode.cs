using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Runners;

namespace ProverCluster.Node;

/// <summary>A whole node in this process, for one machine: the same actors as in a cluster, under a plain local parent.</summary>
public sealed class LocalNode : IGoalRaces
{
    private readonly IHost _host;
    private readonly ActorSystem _system;
    private readonly IActorRef _goals;
    private readonly GoalTexts _texts;

    private LocalNode(IHost host, IReadOnlyList<string> notices)
    {
        _host = host;
        Notices = notices;
        _system = host.Services.GetRequiredService<ActorSystem>();
        _goals = host.Services.GetRequiredService<IRequiredActor<GoalsActor>>().ActorRef;
        _texts = host.Services.GetRequiredService<GoalTexts>();
    }

    public IReadOnlyList<string> Notices { get; }

    /// <param name="settings">Checked settings, the number of slots among them.</param>
    /// <param name="catalogue">The provers.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="SettingsException">The settings ask for what this machine cannot give.</exception>
    public static async Task<LocalNode> StartAsync(NodeSettings settings, BackendCatalogue catalogue, CancellationToken cancellation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>().AddProverNode(settings, catalogue);
        var host = builder.Build();
        await host.StartAsync(cancellation);
        var confinement = host.Services.GetRequiredService<IProverLauncher>().Confinement;
        return new LocalNode(host, confinement.Sandboxed ? [] : [confinement.Why]);
    }

    public async Task<GoalAnswer> RaceAsync(Goal goal, GoalDocument document, IProgress<IGoalEvent>? progress, CancellationToken withdraw)
    {
        using var hold = _texts.Hold(goal.Text, document);
        var answer = new TaskCompletionSource<GoalAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = _system.ActorOf(GoalListenerActor.Props(_goals, goal, progress, answer));
        await using var withdrawal = withdraw.UnsafeRegister(_ => listener.Tell(new GoalCommands.Withdraw(goal.Id, "the client gave it up")), null);
        return await answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
