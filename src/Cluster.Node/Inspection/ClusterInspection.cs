using System.Text.Json;
using Akka.Actor;
using Akka.Cluster;
using ProverCluster.Messages.Nodes;
using ProverCluster.Node.Membership;

namespace ProverCluster.Node.Inspection;

/// <summary>What a public interface sees of the cluster itself, whichever node it is on, and what it can do to its members.</summary>
/// <param name="system">This node's.</param>
/// <param name="self">Its name.</param>
/// <param name="cluster">Its place among others; null for a node alone.</param>
internal sealed class ClusterInspection(ActorSystem system, string self, Cluster? cluster)
{
    /// <summary>How long another node may take to answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Who may answer: whoever is on the way in, or has left, has no time for it.</summary>
    private static readonly MemberStatus[] Talking = [MemberStatus.Up, MemberStatus.Leaving];

    /// <summary>This node.</summary>
    public string Self => self;

    /// <summary>Whether there are no others, and cannot be.</summary>
    public bool IsAlone => cluster is null;

    public async Task<MembersView> MembersAsync(CancellationToken cancellation)
    {
        var asked = await AskAllAsync<NodeAnswers.Described>(new NodeQuestions.Describe(), cancellation);
        return new MembersView(self, [.. asked.Select(each => ViewOf(each.Peer, each.Answer))], Silent(asked));
    }

    public async Task<ShardsView> ShardsAsync(CancellationToken cancellation)
    {
        var asked = await AskAllAsync<NodeAnswers.Shards>(new NodeQuestions.Shards(), cancellation);
        var shards = asked.SelectMany(each => each.Answer?.Here ?? []).OrderBy(shard => shard.Region, StringComparer.Ordinal).ThenBy(shard => shard.Shard.Length).ThenBy(shard => shard.Shard, StringComparer.Ordinal);
        return new ShardsView([.. shards], Silent(asked));
    }

    /// <summary>Whether there is a member of that name.</summary>
    public bool Knows(string node) => Peers.Any(peer => peer.Node == node);

    /// <summary>What a member says; null if it does not answer.</summary>
    public Task<T?> AskAsync<T>(string node, INodeQuestion question, CancellationToken cancellation)
        where T : class, INodeAnswer =>
        // It may have gone since somebody knew it.
        Peers.FirstOrDefault(peer => peer.Node == node) is { } peer ? AskAsync<T>(peer, question, cancellation) : Task.FromResult<T?>(null);

    /// <summary>Gives a member up for lost: nothing of it counts from now on.</summary>
    public void Down(string node)
    {
        if (Peers.FirstOrDefault(peer => peer.Node == node) is { Member: { } member })
            cluster!.Down(member.Address);
    }

    /// <summary>The members, the oldest first. One that comes back under its old name while its former life is still a member stands for both.</summary>
    private IReadOnlyList<Peer> Peers => cluster is null
        ? [new Peer(self, null, IsReachable: true)]
        : [.. cluster.State.Members.Order(Member.AgeOrdering).Select(member => new Peer(NodeNames.Of(member.Address), member, !cluster.State.Unreachable.Contains(member)))];

    private MemberView ViewOf(Peer peer, NodeAnswers.Described? said) => peer.Member is { } member
        ? new MemberView(peer.Node, [.. member.Roles.Order(StringComparer.Ordinal)], JsonNamingPolicy.CamelCase.ConvertName(member.Status.ToString()), peer.IsReachable, member.Address.Equals(cluster!.State.Leader), said)
        : new MemberView(peer.Node, [NodeRoles.Coordinator, NodeRoles.Http, NodeRoles.Prover], "up", IsReachable: true, IsLeader: true, said);

    private static IReadOnlyList<string> Silent<T>(IEnumerable<(Peer Peer, T? Answer)> asked) => [.. asked.Where(each => each.Answer is null).Select(each => each.Peer.Node)];

    private async Task<IReadOnlyList<(Peer Peer, T? Answer)>> AskAllAsync<T>(INodeQuestion question, CancellationToken cancellation)
        where T : class, INodeAnswer =>
        await Task.WhenAll(Peers.Select(async peer => (peer, await AskAsync<T>(peer, question, cancellation))));

    private async Task<T?> AskAsync<T>(Peer peer, INodeQuestion question, CancellationToken cancellation)
        where T : class, INodeAnswer
    {
        if (!peer.IsReachable || (peer.Member is { } member && !Talking.Contains(member.Status)))
            return null;
        try
        {
            var address = peer.Member?.Address ?? ((ExtendedActorSystem)system).Provider.DefaultAddress;
            return await NodeNames.Find(system, address, InspectorActor.Name).Ask<T>(question, Patience, cancellation);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private sealed record Peer(string Node, Member? Member, bool IsReachable);
}
