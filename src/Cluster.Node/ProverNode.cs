using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Goals;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Lifetime;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Records;
using ProverCluster.Node.Store;
using ProverCluster.Node.Telemetry;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node;

/// <summary>A whole node in this process: alone, with its coordinators under a plain local parent, or one of a cluster.</summary>
public sealed class ProverNode : IGoalRaces
{
    /// <summary>Of its meter and its source of traces, for whoever exports them.</summary>
    public const string Instrumentation = NodeMetrics.Name;

    /// <summary>How long after its host the actor system may take to be gone.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);

    private readonly IHost _host;
    private readonly NodeStore? _store;
    private readonly ListenerTools _listeners;
    private readonly TextStore _texts;
    private readonly AnswerOutput _output;
    // Asked for when all else is gone.
    private readonly CutOff _cutOff;
    private readonly bool _hasProvers;

    private ProverNode(IHost host, NodeStore? store, ClusterPlace? place)
    {
        (_host, _store, _hasProvers) = (host, store, place?.IsProver ?? true);
        Services = host.Services;
        System = Services.GetRequiredService<ActorSystem>();
        var confinement = Services.GetRequiredService<IProverLauncher>().Confinement;
        Notices = confinement.Sandboxed ? [] : [confinement.Why];
        if (place is not null)
        {
            var address = Akka.Cluster.Cluster.Get(System).SelfAddress;
            (Address, Name) = (address.ToString(), NodeNames.Of(address));
        }

        _listeners = new ListenerTools(Services.GetRequiredService<IRequiredActor<GoalCoordinatorActor>>().ActorRef, Address, Services.GetRequiredService<TimeProvider>());
        _texts = Services.GetRequiredService<TextStore>();
        _cutOff = Services.GetRequiredService<CutOff>();
        _output = new AnswerOutput(Services.GetRequiredService<IRequiredActor<TextsActor>>().ActorRef, System.WhenTerminated);
        Inspection = new ClusterInspection(System, Name, place is null ? null : Akka.Cluster.Cluster.Get(System));
        Records = new GoalRecords(System, Services.GetRequiredService<IRequiredActor<GoalRecordActor>>().ActorRef, Indexes(place), Address, _texts, _output, _listeners.Clock);
    }

    public IReadOnlyList<string> Notices { get; }

    /// <summary>How other nodes reach it; empty for a node alone.</summary>
    public string Address { get; } = "";

    /// <summary>How it is called in the table of runs, and as a seed.</summary>
    public string Name { get; } = Environment.MachineName;

    /// <summary>The goals that came over a public interface, at whichever node.</summary>
    internal GoalRecords Records { get; }

    /// <summary>The cluster itself, for whoever operates it.</summary>
    internal ClusterInspection Inspection { get; }

    /// <summary>Where its goals are kept, in words without a password; null if in memory alone.</summary>
    public string? StoreName => _store?.Name;

    internal IServiceProvider Services { get; }

    internal ActorSystem System { get; }

    private bool IsAlone => Address.Length == 0;

    /// <param name="settings">Checked settings, the number of slots among them.</param>
    /// <param name="catalogue">The provers.</param>
    /// <param name="place">Where it stands in a cluster; null for a node alone.</param>
    /// <param name="cancellation">Gives up starting.</param>
    /// <exception cref="SettingsException">The settings ask for what this machine cannot give.</exception>
    /// <exception cref="StoreRefusal">The store cannot be used.</exception>
    public static Task<ProverNode> StartAsync(NodeSettings settings, BackendCatalogue catalogue, ClusterPlace? place, CancellationToken cancellation) =>
        StartAsync(settings, catalogue, place, null, cancellation);

    /// <param name="settings">Checked settings, the number of slots among them.</param>
    /// <param name="catalogue">The provers.</param>
    /// <param name="place">Where it stands in a cluster; null for a node alone.</param>
    /// <param name="replace">Puts other services in the place of the node's own, as a benchmark does that wants no processes.</param>
    /// <param name="cancellation">Gives up starting.</param>
    internal static async Task<ProverNode> StartAsync(
        NodeSettings settings, BackendCatalogue catalogue, ClusterPlace? place, Action<IServiceCollection>? replace, CancellationToken cancellation)
    {
        // Before anything that could be asked for what is in it.
        var store = await StoreHosting.OpenAsync(settings.Store, isAlone: place is null, TimeProvider.System, cancellation);
        IHost? host = null;
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan).AddSingleton<IHostLifetime, QuietLifetime>().AddStore(store).AddProverNode(settings, catalogue, place);
            replace?.Invoke(builder.Services);
            host = builder.Build();
            await host.StartAsync(cancellation);
            return new ProverNode(host, store, place);
        }
        catch
        {
            await DisposeAsync(host, store);
            throw;
        }
    }

    public async Task<GoalAnswer> RaceAsync(Goal goal, GoalDocument document, IProgress<IGoalEvent>? progress, CancellationToken withdraw)
    {
        if (GoalBounds.Refuse(goal) is { } refusal)
            throw new ArgumentException(refusal, nameof(goal));
        using var hold = _texts.Hold(goal.Text, document);
        var answer = new TaskCompletionSource<GoalAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = System.ActorOf(GoalListenerActor.Props(_listeners, goal, progress, answer));
        await using var withdrawal = withdraw.UnsafeRegister(_ => listener.Tell(new GoalCommands.Withdraw(goal.Id, "the client gave it up")), null);
        return await _output.BringAsync(await answer.Task, withdraw);
    }

    /// <summary>For whoever has begun to listen to <see cref="Instrumentation"/>: says what has not happened yet, so that the first time is a rise.</summary>
    public void CountNothing() => Services.GetRequiredService<NodeMetrics>().CountNothing();

    /// <summary>Done when this node is a member of its cluster; one alone is all of it.</summary>
    public Task UpAsync()
    {
        if (IsAlone)
            return Task.CompletedTask;
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Akka.Cluster.Cluster.Get(System).RegisterOnMemberUp(() => up.TrySetResult());
        return up.Task;
    }

    /// <summary>Who comes and goes in the cluster, from now on, in one sentence each.</summary>
    public void Tell(Action<string> say)
    {
        if (!IsAlone)
            System.ActorOf(MemberNewsActor.Props(say));
    }

    /// <summary>Done when the node has ended, by itself or since it was told to.</summary>
    public Task Ended => System.WhenTerminated;

    /// <summary>Whether it ended since the other nodes could not be reached, and may have given it up.</summary>
    public bool WasCutOff => _cutOff.IsSo || CoordinatedShutdown.Get(System).ShutdownReason is CoordinatedShutdown.ClusterDowningReason;

    /// <summary>Whether it ended since an operator told it to leave its cluster.</summary>
    public bool WasToldToLeave => CoordinatedShutdown.Get(System).ShutdownReason is CoordinatedShutdown.ClusterLeavingReason;

    /// <summary>Ends every run, now, and returns when no prover is left. For whoever is about to end the process. A node without provers has none to end.</summary>
    public Task KillProversAsync() => _hasProvers
        ? new NodeDrain(
            System,
            Services.GetRequiredService<IRequiredActor<NodeAgentActor>>().ActorRef,
            Services.GetRequiredService<IProverLauncher>(),
            _cutOff,
            TimeSpan.Zero).KillAsync()
        : Task.CompletedTask;

    /// <summary>The provers that are installed here, each with its version.</summary>
    public async Task<IReadOnlyList<string>> ProversAsync()
    {
        var versions = Services.GetRequiredService<BackendVersions>();
        var installed = Services.GetRequiredService<BackendCatalogue>().Installed.DistinctBy(entry => entry.Backend.Name);
        return await Task.WhenAll(installed.Select(async entry => $"{entry.Backend.Name} {await versions.OfAsync(entry)}".TrimEnd()));
    }

    /// <summary>What this node alone can run; a program that cannot tell its version has none.</summary>
    public async Task<IReadOnlyList<NodeView>> BackendsAsync(CancellationToken cancellation)
    {
        await KnowsProversAsync(1).WaitAsync(cancellation);
        var offered = Services.GetRequiredService<NodeBoard>().Nodes[Name].Offered;
        return [NodeView.Of(offered with { Backends = await NodeAgentHosting.VersionsAsync(Services) })];
    }

    /// <summary>What holds provers in, in words.</summary>
    public string Confinement => Services.GetRequiredService<IProverLauncher>().Confinement.Why;

    /// <summary>Done when this node knows so many nodes that run provers, itself included.</summary>
    internal Task KnowsProversAsync(int count)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        System.ActorOf(BoardWatchActor.Props(Services.GetRequiredService<NodeBoard>(), count, done));
        return done.Task;
    }

    /// <summary>Ends where nobody is left behind who would go on: what a cluster does when one of many leaves is left out.</summary>
    internal async Task EndAsync()
    {
        await CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClrExitReason.Instance, CoordinatedShutdown.PhaseBeforeActorSystemTerminate);
        await DisposeAsync();
    }

    /// <summary>Leaves the cluster in order, if it is in one. What is still to be stored is stored until the last actor has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _host.StopAsync();
            if (_store is not null)
                await Task.WhenAny(System.WhenTerminated, Task.Delay(EndPatience));
        }
        finally
        {
            await DisposeAsync(_host, _store);
        }
    }

    /// <summary>The lists of records: this node's own, or those of all coordinators' nodes in reach.</summary>
    private Func<IReadOnlyList<IActorRef>> Indexes(ClusterPlace? place)
    {
        if (place is null)
        {
            var own = Services.GetRequiredService<IRequiredActor<RecordIndexActor>>().ActorRef;
            return () => [own];
        }

        return () => RecordHosting.Indexes(System);
    }

    private static async Task DisposeAsync(IHost? host, NodeStore? store)
    {
        try
        {
            if (host is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
        }
        finally
        {
            if (store is not null)
                await store.DisposeAsync();
        }
    }
}
