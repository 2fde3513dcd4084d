using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Records;

/// <summary>What a public interface sees of the cluster's records, whichever node it is on.</summary>
/// <param name="system">This node's.</param>
/// <param name="records">Where messages to records go.</param>
/// <param name="indexes">The list of every node that has one, now.</param>
/// <param name="source">The address under which other nodes find this one's texts.</param>
/// <param name="texts">This node's.</param>
/// <param name="output">Brings long outputs here.</param>
/// <param name="clock">The node's.</param>
internal sealed class GoalRecords(
    ActorSystem system, IActorRef records, Func<IReadOnlyList<IActorRef>> indexes, string source, TextStore texts, AnswerOutput output, TimeProvider clock)
{
    /// <summary>How long a record may take to answer. A message may be lost, and a shard may move: then it is asked again.</summary>
    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(3);

    private const int MostAsks = 4;

    /// <summary>Submits a goal whose owner's interest lasts until it is withdrawn; returns when the cluster has accepted it.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="text">Its text; or why it has none.</param>
    /// <param name="who">Submits it.</param>
    /// <param name="age">How much of its deadline has passed.</param>
    /// <param name="cancellation">Gives up asking.</param>
    /// <exception cref="TimeoutException">No record can be reached.</exception>
    public async Task<IRecordEvent> SubmitAsync(Goal goal, SubmittedText text, Caller who, TimeSpan age, CancellationToken cancellation)
    {
        using var hold = Hold(goal, text);
        return await AskAsync(new RecordCommands.Submit(goal, source, who.Name, Stands: true, Left(goal, age), text.Rejection), cancellation);
    }

    /// <summary>Submits a goal and waits for its answer. The interest ends when the waiting does.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="text">Its text; or why it has none.</param>
    /// <param name="who">Submits it.</param>
    /// <param name="age">How much of its deadline has passed.</param>
    /// <param name="turn">Is given back as soon as the goal is accepted, or is known not to be.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="TimeoutException">No record can be reached.</exception>
    public async Task<IRecordEvent> WaitAsync(Goal goal, SubmittedText text, Caller who, TimeSpan age, IDisposable? turn, CancellationToken cancellation)
    {
        using var wait = Wait(goal, text, who, age, turn, follower: null);
        await using var end = cancellation.UnsafeRegister(_ => wait.GiveUp(), null);
        try
        {
            return await wait.Answer;
        }
        catch (TimeoutException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>Submits a goal for an owner that follows it: the interest ends with the waiting, and also when the owner withdraws it under its name, or all.</summary>
    public GoalWait Follow(Goal goal, SubmittedText text, Caller who, TimeSpan age, IDisposable? turn, string name) => Wait(goal, text, who, age, turn, name);

    public Task<IRecordEvent> ShowAsync(GoalId goal, Caller who, CancellationToken cancellation) => AskAsync(new RecordCommands.Show(goal, who), cancellation);

    public Task<IRecordEvent> WithdrawAsync(GoalId goal, Caller who, string? name, CancellationToken cancellation) =>
        AskAsync(new RecordCommands.Withdraw(goal, who, name), cancellation);

    /// <summary>The next event of a goal, or null if there is none within that time.</summary>
    public async Task<IRecordEvent?> NextAsync(GoalId goal, Caller who, int after, TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            return await records.Ask<IRecordEvent>(new RecordCommands.Next(goal, who, after, patience), patience, cancellation);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    /// <summary>The newest goals of the cluster. A node that does not answer in time is left out: its records are as good as lost then.</summary>
    public async Task<IReadOnlyList<ListedGoal>> ListAsync(RecordCommands.List list, CancellationToken cancellation)
    {
        var listed = await AskAllAsync<RecordEvents.Listed>(list, cancellation);
        return [.. listed.SelectMany(each => each.Goals).Distinct().Order().Take(list.Limit)];
    }

    /// <summary>How many goals of an owner are open in the cluster, counted as they are listed.</summary>
    public async Task<int> CountAsync(string owner, CancellationToken cancellation) =>
        (await AskAllAsync<RecordEvents.Counted>(new RecordCommands.Count(owner), cancellation)).Sum(each => each.Open);

    /// <summary>The view with the winner's output itself in it, or with the reason why it could not be had.</summary>
    public async Task<RecordView> BringOutputAsync(RecordView view, CancellationToken cancellation) =>
        view.Answer is null ? view : view with { Answer = await output.BringAsync(view.Answer, cancellation, letsGo: false) };

    private GoalWait Wait(Goal goal, SubmittedText text, Caller who, TimeSpan age, IDisposable? turn, string? follower)
    {
        var wait = new GoalWait(Hold(goal, text), turn);
        var submit = new RecordCommands.Submit(goal, source, who.Name, Stands: false, Left(goal, age), text.Rejection, follower);
        return wait.By(system.ActorOf(RecordWaitActor.Props(records, submit, clock, wait)));
    }

    private static TimeSpan Left(Goal goal, TimeSpan age) => age < goal.Limits.Timeout ? goal.Limits.Timeout - age : TimeSpan.Zero;

    private IDisposable? Hold(Goal goal, SubmittedText text) => text.Document is { } document ? texts.Hold(goal.Text, document) : null;

    private async Task<IEnumerable<T>> AskAllAsync<T>(object question, CancellationToken cancellation)
        where T : class => (await Task.WhenAll(indexes().Select(index => AskAsync<T>(index, question, cancellation)))).OfType<T>();

    private static async Task<T?> AskAsync<T>(IActorRef index, object question, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await index.Ask<T>(question, AskPatience, cancellation);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private async Task<IRecordEvent> AskAsync(IRecordCommand command, CancellationToken cancellation)
    {
        for (var asks = 1; ; asks++)
        {
            try
            {
                return await records.Ask<IRecordEvent>(command, AskPatience, cancellation);
            }
            catch (AskTimeoutException) when (asks < MostAsks)
            {
            }
            catch (AskTimeoutException)
            {
                throw new TimeoutException("the goal's record does not answer");
            }
        }
    }
}

/// <summary>What came in as a goal's text.</summary>
/// <param name="Document">As its language's reader sees it; null if it is no goal.</param>
/// <param name="Rejection">Why it is none.</param>
internal sealed record SubmittedText(GoalDocument? Document, string? Rejection);
