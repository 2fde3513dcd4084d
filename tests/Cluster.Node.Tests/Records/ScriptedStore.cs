using System.Collections.Concurrent;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Store;

namespace ProverCluster.Node.Tests.Records;

/// <summary>A store in memory, which works as long as the spec wants it to, and answers when the spec wants it to. No time passes in it.</summary>
internal sealed class ScriptedStore : IGoalStore
{
    public ConcurrentDictionary<GoalId, StoredGoal> Goals { get; } = [];

    public ConcurrentDictionary<TextDigest, byte[]> Texts { get; } = [];

    /// <summary>Why it does not work; null if it does.</summary>
    public string? Trouble { get; set; }

    /// <summary>Whether it never will again.</summary>
    public bool IsClosed { get; set; }

    /// <summary>How many goals are old enough.</summary>
    public int ToForget { get; set; }

    public (TimeSpan LongerAgo, int Most) LastForgotten { get; private set; }

    /// <summary>What every answer waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public Task<Acceptance> AcceptAsync(NewGoal goal, CancellationToken cancellation = default) => DoAsync<Acceptance>(() =>
    {
        if (goal.Text is { } text)
            Texts[goal.What.Text] = text.ToArray();
        var stands = Goals.GetOrAdd(goal.What.Id, _ => new StoredGoal(Goals.Count + 1, goal.What, goal.Owner, goal.Stands, goal.AcceptedAt, goal.Left, null, null));
        if (stands.Owner != goal.Owner || stands.What.Name != goal.What.Name || stands.What.Text != goal.What.Text)
            return new Acceptance.Conflict();
        return new Acceptance.Stands(Goals[goal.What.Id] = stands with { Stands = stands.Stands || goal.Stands });
    });

    /// <summary>By goal, what its verdict is on.</summary>
    public ConcurrentDictionary<GoalId, string> VerdictTexts { get; } = [];

    /// <summary>How often answers were to be doubted, whether or not it worked.</summary>
    public int DoubtsAsked { get; private set; }

    public Task<int> DoubtAsync(string verdictText, string why, int most, CancellationToken cancellation = default)
    {
        DoubtsAsked++;
        return DoAsync(() => Doubt(verdictText, why, most));
    }

    private int Doubt(string verdictText, string why, int most)
    {
        var doubted = Goals.Values.Where(goal => VerdictTexts.GetValueOrDefault(goal.What.Id) == verdictText && goal.Answer is { Origin: { Doubt: null } }).Take(most).ToArray();
        foreach (var goal in doubted)
            Goals[goal.What.Id] = goal with { Answer = goal.Answer! with { Origin = goal.Answer.Origin! with { Doubt = why } } };
        return doubted.Length;
    }

    public Task<StoredGoal?> SettleAsync(GoalAnswer answer, string? verdictText = null, CancellationToken cancellation = default) => DoAsync(() =>
    {
        if (verdictText is not null)
            VerdictTexts[answer.Id] = verdictText;
        if (Goals.GetValueOrDefault(answer.Id) is not { } goal)
            return null;
        return Goals[answer.Id] = goal.Answer is null ? goal with { Answer = answer, Settled = new StoreMoment(1) } : goal;
    });

    public Task<StoredGoal?> ReopenAsync(GoalId id, TimeSpan left, bool stands, CancellationToken cancellation = default) => DoAsync(() =>
    {
        if (Goals.GetValueOrDefault(id) is not { } goal)
            return null;
        return Goals[id] = goal.Answer is null or { Verdict: Verdict.Withdrawn } ? goal with { Answer = null, Settled = null, Left = left, Stands = stands } : goal;
    });

    public Task GiveUpAsync(GoalId id, CancellationToken cancellation = default) => DoAsync(() => Goals.GetValueOrDefault(id) is { Answer: null } goal ? Goals[id] = goal with { Stands = false } : null);

    public Task<StoredGoal?> FindAsync(GoalId id, CancellationToken cancellation = default) => DoAsync(() => Goals.GetValueOrDefault(id));

    public Task<byte[]?> ReadTextAsync(GoalId goal, TextDigest text, CancellationToken cancellation = default) => DoAsync(() => Texts.GetValueOrDefault(text));

    public Task<IReadOnlyList<StoredGoal>> OpenAsync(long after, int most, CancellationToken cancellation = default) => DoAsync<IReadOnlyList<StoredGoal>>(
        () => [.. Goals.Values.Where(goal => goal.Answer is null && goal.Number > after).OrderBy(goal => goal.Number).Take(most)]);

    public Task<IReadOnlyList<StoredGoal>> SettledAsync(string? owner, StoredGoal? before, int most, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<int> ForgetAsync(TimeSpan longerAgo, int most, CancellationToken cancellation = default) => DoAsync(() =>
    {
        LastForgotten = (longerAgo, most);
        var now = Math.Min(most, ToForget);
        ToForget -= now;
        return now;
    });

    public Task<StoreCounts> CountAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    private async Task<T> DoAsync<T>(Func<T> work)
    {
        await Gate;
        return Trouble is { } why ? throw new StoreUnavailable(why) { IsClosed = IsClosed } : work();
    }
}
