using ProverCluster.Cli.Provers;
using ProverCluster.Cli.Questions;
using ProverCluster.Cli.Racing;
using ProverCluster.Client;
using ProverCluster.Messages.Json;

namespace ProverCluster.Cli.Operations;

/// <summary>Asks a running cluster about itself, or lets one of its nodes go, and prints what it says.</summary>
internal sealed class OperationCommand(Surroundings world)
{
    private const string Prover = "prover";

    private readonly Conversation _conversation = new(world);

    public async Task<int> RunAsync(string[] words)
    {
        var arguments = new OperationArguments(words);
        if (arguments.WantsHelp) return _conversation.Print(OperationHelp.Text);
        var asked = arguments.Read();
        return await _conversation.HoldAsync(async interrupt =>
        {
            await using var client = world.Connect(_conversation.Options(asked.Cluster, asked.TokenFile) with { RetryFor = RunningCluster.Patience });
            return await DoAsync(client.Cluster, asked, interrupt);
        });
    }

    private Task<int> DoAsync(IClusterOperations cluster, OperationOptions asked, CancellationToken cancellation) => asked.Operation switch
    {
        Operation.Members => PrintMembersAsync(cluster, asked, cancellation),
        Operation.Shards => PrintShardsAsync(cluster, asked, cancellation),
        Operation.Runs => PrintRunsAsync(cluster, asked, cancellation),
        Operation.Tree => PrintTreeAsync(cluster, asked, cancellation),
        Operation.Leave => SayAsync(cluster.LeaveAsync(asked.Names[0], cancellation), $"{asked.Names[0]} drains, and leaves when its runs have ended"),
        _ => SayAsync(cluster.DownAsync(asked.Names[0], cancellation), $"{asked.Names[0]} is given up"),
    };

    private async Task<int> PrintMembersAsync(IClusterOperations cluster, OperationOptions asked, CancellationToken cancellation)
    {
        var members = await cluster.MembersAsync(cancellation);
        Print(asked.IsJson ? GoalJson.Line(json => MemberJson.Write(json, members)) : MemberLines.Of(members));
        return Missing(members.Silent);
    }

    private async Task<int> PrintShardsAsync(IClusterOperations cluster, OperationOptions asked, CancellationToken cancellation)
    {
        var shards = await cluster.ShardsAsync(cancellation);
        Print(asked.IsJson ? GoalJson.Line(json => ShardJson.Write(json, shards)) : ShardLines.Of(shards));
        return Missing(shards.Silent);
    }

    private async Task<int> PrintRunsAsync(IClusterOperations cluster, OperationOptions asked, CancellationToken cancellation)
    {
        List<string> silent = [];
        foreach (var node in asked.Names.Count > 0 ? asked.Names : await ProversAsync(cluster, silent, cancellation))
        {
            try
            {
                var runs = await cluster.RunsAsync(node, cancellation);
                Print(asked.IsJson ? GoalJson.Line(json => RunJson.Write(json, runs)) : LiveRunLines.Of(runs));
            }
            catch (ClusterUnreachableException e) when (e.Code == "node-silent")
            {
                silent.Add(node);
            }
        }

        return Missing(silent);
    }

    private static async Task<IReadOnlyList<string>> ProversAsync(IClusterOperations cluster, List<string> silent, CancellationToken cancellation)
    {
        var provers = (await cluster.MembersAsync(cancellation)).Members.Where(member => member.Roles.Contains(Prover)).ToLookup(member => member.IsReachable, member => member.Node);
        silent.AddRange(provers[false]);
        return [.. provers[true]];
    }

    private async Task<int> PrintTreeAsync(IClusterOperations cluster, OperationOptions asked, CancellationToken cancellation)
    {
        var query = new ActorQuery { Node = asked.Node, Path = asked.Names.FirstOrDefault(), Depth = asked.Depth, Limit = asked.Limit };
        var tree = await cluster.ActorsAsync(query, cancellation);
        Print(asked.IsJson ? GoalJson.Line(json => ActorJson.Write(json, tree)) : ActorLines.Of(tree));
        if (tree.IsTruncated) _conversation.Complain($"there are more than {tree.Actors.Count}: ask for a higher --limit, or a path further down", ExitCodes.Proved);
        return ExitCodes.Proved;
    }

    private async Task<int> SayAsync(Task done, string sentence)
    {
        await done;
        return _conversation.Print(sentence);
    }

    /// <summary>An answer that is not whole is not to be taken for one.</summary>
    private int Missing(IReadOnlyList<string> silent) =>
        silent.Count == 0 ? ExitCodes.Proved : _conversation.Complain($"{string.Join(", ", silent)} {(silent.Count == 1 ? "has" : "have")} not answered", ExitCodes.Failed);

    private void Print(string text) => _conversation.Print(text);
}
