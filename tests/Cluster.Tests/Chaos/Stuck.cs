using ProverCluster.Messages.Nodes;

namespace ProverCluster.Tests.Chaos;

/// <summary>A goal takes seconds. One that takes far longer is looked at while it does: once whoever waits for it has given it up, nothing is left to be seen.</summary>
internal static class Stuck
{
    /// <summary>Longer than a schedule keeps a goal that goes on.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(60);

    private static readonly string[] s_roots = ["/user", "/system/sharding"];

    /// <summary>What is known of the goal: what was told of it, what its coordinators wrote, its processes, and which actors serve it where.</summary>
    public static async Task<string> LookAsync(TestCluster cluster, SubmittedGoal goal)
    {
        string[] lines =
        [
            FormattableString.Invariant($"{goal.Goal.Name} ({goal.Id}{(goal.IsFlown ? ", in a flight" : "")}) has no answer after {After.TotalSeconds:0} s"),
            $"    it has told {string.Join(' ', goal.Events.Select(heard => heard.Event.GetType().Name))}",
            .. cluster.Settlements.StoryOf(goal.Id).Select(line => $"    {line}"),
            .. goal.Processes.Look().Select(process => $"    process {process.Pid} ({process.Name})"),
        ];
        var actors = await Task.WhenAll(cluster.Everyone.SelectMany(node => s_roots.Select(root => ActorsAsync(node, root, goal))));
        return string.Join('\n', lines.Concat(actors.SelectMany(each => each)));
    }

    private static async Task<IEnumerable<string>> ActorsAsync(TestNode node, string root, SubmittedGoal goal)
    {
        try
        {
            if (await node.Node.Inspection.AskAsync<NodeAnswers.Actors>(node.Name, new NodeQuestions.Actors(root, Depth: 8, Limit: 5000), CancellationToken.None) is not { } told)
                return [$"    {node.Mark} {root} has not answered"];
            // One that serves no goal yet, or is behind, may be what the goal waits for.
            return told.Alive.Where(actor => (actor.Words is { } words && (words.Goal is null || words.Goal == goal.Id)) || actor.Mailbox > 0)
                .Select(actor => $"    {node.Mark} {actor.Path} {actor.Kind}: {actor.Words?.State ?? "says nothing"}, {actor.Mailbox} messages wait");
        }
        catch (Exception) when (node.IsGone)
        {
            // It came to its end meanwhile: to look is to spoil nothing.
            return [$"    {node.Mark} has ended"];
        }
    }
}
