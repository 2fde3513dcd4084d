using Akka.Cluster;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Node;
using ProverCluster.Node.Store;

namespace ProverCluster.Api.Gates;

/// <summary>Whether this node takes goals: a member of its cluster does, until it is told to stop, while its store works.</summary>
internal sealed class Readiness(ProverNode node)
{
    private readonly CancellationTokenSource _draining = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly StoreHealth _store = node.Services.GetRequiredService<StoreHealth>();

    /// <summary>Ends when the node takes no more work: streams of events end, and go on elsewhere.</summary>
    public CancellationToken Draining => _draining.Token;

    /// <summary>Ends when the node is about to go: whoever still waits for a goal waits for it elsewhere.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Why no goal is taken; null if one is.</summary>
    public Problem? Refusal => RefusalFor(trouble => trouble);

    /// <summary>As <see cref="Refusal"/>, for whoever asks: a path or a server's name is not for everybody.</summary>
    public Problem? PublicRefusal => RefusalFor(_ => "whoever may submit goals is told why");

    public void Drain() => _draining.Cancel();

    public void Stop()
    {
        _draining.Cancel();
        _stopping.Cancel();
    }

    /// <exception cref="ProblemException">It takes none.</exception>
    public void Demand()
    {
        if (Refusal is { } refusal)
            throw new ProblemException(refusal);
    }

    private Problem? RefusalFor(Func<string, string> words) =>
        _draining.IsCancellationRequested ? Problem.Draining
        : !IsMember() ? Problem.NotAMember
        : _store.Trouble is { } trouble ? Problem.StoreUnavailable(words(trouble))
        : null;

    private bool IsMember()
    {
        if (node.Address.Length == 0)
            return !node.Ended.IsCompleted;
        var cluster = Cluster.Get(node.System);
        return cluster.State.Members.Any(member => member.UniqueAddress.Equals(cluster.SelfUniqueAddress) && member.Status == MemberStatus.Up);
    }
}
