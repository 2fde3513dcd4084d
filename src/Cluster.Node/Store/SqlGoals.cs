using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Wire;

namespace ProverCluster.Node.Store;

/// <summary>The goals as tables. Goals and answers are written as they travel between nodes, so that docs/wire.md says what a later version may change in them.</summary>
internal sealed class SqlGoals(StoreAccess store) : IGoalStore
{
    private static readonly JsonTypeInfo<Goal> AsJson = WireSchema.Info<Goal>();

    private const string Columns = "number, goal, owner, stands, accepted_at, deadline, settled_at, answer, doubted";

    public async Task<Acceptance> AcceptAsync(NewGoal goal, CancellationToken cancellation = default)
    {
        var (isShort, content, deadline) = (IsShort(goal.What.Text), goal.Text?.ToArray(), store.Clock.Now + (long)goal.Left.TotalMilliseconds);
        var row = new NewGoalRow(goal.What.Id.Value, Write(goal.What), goal.Owner, goal.Stands ? 1 : 0, goal.AcceptedAt, deadline, isShort ? content : null);
        if ((isShort || content is null)
            && await store.Writer.WriteAsync(new NewGoalWrite(row) { Key = row.Id, Bytes = content?.Length ?? 0 }, cancellation) is { } number)
            return new Acceptance.Stands(new StoredGoal(number, goal.What, goal.Owner, goal.Stands, goal.AcceptedAt, TimeSpan.FromMilliseconds(deadline - store.Clock.Now), null, null));
        return await JoinAsync(goal.What, row, isShort ? null : content, cancellation);
    }

    /// <summary>The goal has a text that has a row of its own, or something stands under its id.</summary>
    private async Task<Acceptance> JoinAsync(Goal goal, NewGoalRow wanted, byte[]? content, CancellationToken cancellation)
    {
        var text = content is null ? null : WireValues.Write(goal.Text);
        // Of a goal that stands there already the text is not needed: this row will not be written.
        const string TextOf = "coalesce((select number from texts where digest = $4), (select text from goals where id = $1))";
        // By its text first: goals with the same text meet there, and at their own rows only if they are the same.
        SqlStatement[] keep = content is null
            ? []
            : [new SqlStatement(
                "insert into texts (digest, size, content) select $1, $2, $3 where not exists (select 1 from goals where id = $4) on conflict do nothing",
                text, (long)content.Length, content, wanted.Id)];
        var row = await store.WriteAsync(
            text ?? wanted.Id,
            content?.Length ?? wanted.Content?.Length ?? 0,
            Rows.First(Read),
            cancellation,
            [.. keep, new SqlStatement(
                $"""
                insert into goals (id, goal, owner, text, stands, accepted_at, deadline, content) values ($1, $2, $3, {TextOf}, $5, $6, $7, $8)
                on conflict (id) do update set stands = case when goals.owner = excluded.owner and goals.goal = excluded.goal and excluded.stands = 1 then 1 else goals.stands end
                returning {Columns}
                """,
                wanted.Id, wanted.Goal, wanted.Owner, text, wanted.Stands, wanted.AcceptedAt, wanted.Deadline, wanted.Content)]);
        if (row!.Goal == wanted.Goal && row.Owner == wanted.Owner)
            return new Acceptance.Stands(Stored(row, goal));
        // Written anew, since an earlier version may have written less.
        var stands = Stored(row);
        return stands.Owner == wanted.Owner && Write(stands.What) == wanted.Goal ? new Acceptance.Stands(stands) : new Acceptance.Conflict();
    }

    public async Task<StoredGoal?> SettleAsync(GoalAnswer answer, string? verdictText = null, CancellationToken cancellation = default)
    {
        // A row is read for each page that it is on: what is long has its own.
        var output = answer.Output is ProverOutput.Inline inline && Encoding.UTF8.GetBytes(inline.Text) is { Length: > ProverOutput.MostInlineBytes } bytes ? bytes : null;
        var digest = output is null ? null : TextDigest.Of(output);
        if (digest is not null)
            answer = answer with { Output = new ProverOutput.Kept(digest, "") };
        var (id, kept) = (answer.Id.Value, digest is null ? null : WireValues.Write(digest));
        var settle = new SqlStatement(
            "update goals set verdict = $1, answer = $2, output = (select number from texts where digest = $3), settled_at = $4, verdict_text = $6 where id = $5 and settled_at is null",
            answer.Verdict.Word(), JsonSerializer.Serialize(answer, WireSchema.Info<GoalAnswer>()), kept, store.Clock.Now, id, verdictText);
        SqlStatement[] keep = output is null
            ? []
            : [new SqlStatement(
                "insert into texts (digest, size, content) select $1, $2, $3 where exists (select 1 from goals where id = $4 and settled_at is null) on conflict do nothing",
                kept, (long)output.Length, output, id)];
        return Stored(await store.WriteAsync(kept ?? id, output?.Length ?? 0, Rows.First(Read), cancellation, [.. keep, settle, Find(id)]));
    }

    public Task<int> DoubtAsync(string verdictText, string why, int most, CancellationToken cancellation = default) => store.WriteAsync(
        verdictText,
        Rows.CountAsync,
        cancellation,
        new SqlStatement(
            "update goals set doubted = $1 where number in (select number from goals where verdict_text = $2 and doubted is null limit $3) returning number", why, verdictText, (long)most));

    public Task GiveUpAsync(GoalId id, CancellationToken cancellation = default) => store.WriteAsync(
        id.Value, Rows.CountAsync, cancellation, new SqlStatement("update goals set stands = 0 where id = $1 and settled_at is null returning number", id.Value));

    public async Task<StoredGoal?> ReopenAsync(GoalId id, TimeSpan left, bool stands, CancellationToken cancellation = default) => Stored(await store.WriteAsync(
        id.Value,
        Rows.First(Read),
        cancellation,
        new SqlStatement(
            "update goals set verdict = null, answer = null, output = null, settled_at = null, deadline = $1, stands = $4 where id = $2 and (settled_at is null or verdict = $3)",
            store.Clock.Now + (long)left.TotalMilliseconds, id.Value, Verdict.Withdrawn.Word(), stands ? 1L : 0L),
        Find(id.Value)));

    public async Task<StoredGoal?> FindAsync(GoalId id, CancellationToken cancellation = default) => Stored(await store.ReadAsync(Find(id.Value), Rows.First(Read), cancellation));

    public async Task<byte[]?> ReadTextAsync(GoalId goal, TextDigest text, CancellationToken cancellation = default)
    {
        var inRow = new SqlStatement("select content from goals where id = $1 and content is not null", goal.Value);
        var apart = new SqlStatement("select content from texts where digest = $1", WireValues.Write(text));
        // Where it is, the rows say, and not what this version calls short.
        var (likely, other) = IsShort(text) ? (inRow, apart) : (apart, inRow);
        return await ReadAsync(likely, cancellation) ?? await ReadAsync(other, cancellation);
    }

    private Task<byte[]?> ReadAsync(SqlStatement content, CancellationToken cancellation) => store.ReadAsync(content, Rows.First(row => row.GetFieldValue<byte[]>(0)), cancellation);

    public Task<IReadOnlyList<StoredGoal>> OpenAsync(long after, int most, CancellationToken cancellation = default) => PageAsync(
        last => new SqlStatement($"select {Columns} from goals where settled_at is null and number > $1 order by number limit $2", last?.Number ?? after, (long)most),
        most,
        cancellation);

    public Task<IReadOnlyList<StoredGoal>> SettledAsync(string? owner, StoredGoal? before, int most, CancellationToken cancellation = default)
    {
        const string Rest = "settled_at is not null and (settled_at, number) < ($1, $2) order by settled_at desc, number desc limit $3";
        return PageAsync(
            last =>
            {
                var (at, number) = (last?.SettledAt ?? before?.Settled?.Milliseconds ?? long.MaxValue, last?.Number ?? before?.Number ?? 0);
                return owner is null
                    ? new SqlStatement($"select {Columns} from goals where {Rest}", at, number, (long)most)
                    : new SqlStatement($"select {Columns} from goals where owner = $4 and {Rest}", at, number, (long)most, owner);
            },
            most,
            cancellation);
    }

    public Task<int> ForgetAsync(TimeSpan longerAgo, int most, CancellationToken cancellation = default) => store.WriteAsync(
        "",
        Rows.CountAsync,
        cancellation,
        // The texts go by a trigger.
        new SqlStatement(
            "delete from goals where number in (select number from goals where settled_at < $1 order by settled_at, number limit $2) returning number",
            store.Clock.Now - (long)longerAgo.TotalMilliseconds, (long)most));

    public async Task<StoreCounts> CountAsync(CancellationToken cancellation = default) => (await store.ReadAsync(
        new SqlStatement(
            """
            select (select count(*) from goals where settled_at is null), (select count(*) from goals where settled_at is not null), count(*), cast(coalesce(sum(size), 0) as bigint)
            from texts
            """),
        Rows.First(row => new StoreCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3))),
        cancellation))!;

    private static SqlStatement Find(string id) => new($"select {Columns} from goals where id = $1", id);

    /// <summary>
    /// What is short stands in its goal's row, and only what is long has its own, once for all goals that have it: digests are random, and an index over them costs each
    /// goal a page of its own on its way to the disk.
    /// </summary>
    private static bool IsShort(TextDigest text) => text.Bytes <= ProverOutput.MostInlineBytes;

    internal static string Write(Goal goal) => JsonSerializer.Serialize(goal, AsJson);

    /// <summary>What this version cannot read is left out: it is no reason to find none of the others. An empty page is the last one.</summary>
    private async Task<IReadOnlyList<StoredGoal>> PageAsync(Func<GoalRow?, SqlStatement> after, int most, CancellationToken cancellation)
    {
        for (GoalRow? last = null; ;)
        {
            var rows = await store.ReadAsync(after(last), Rows.All(Read), cancellation);
            var page = new List<StoredGoal>(rows.Count);
            foreach (var row in rows)
            {
                try
                {
                    page.Add(Stored(row));
                }
                catch (StoreUnavailable)
                {
                    // Whoever asks for it by its id is told.
                }
            }

            if (page.Count > 0 || rows.Count < most)
                return page;
            last = rows[^1];
        }
    }

    private static GoalRow Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.NumberOrNull(6), row.TextOrNull(7), row.TextOrNull(8));

    [return: NotNullIfNotNull(nameof(row))]
    private StoredGoal? Stored(GoalRow? row, Goal? known = null) => row is null ? null : new StoredGoal(
        row.Number,
        known ?? Understand<Goal>(row.Goal, row.Number),
        row.Owner,
        row.Stands == 1,
        row.AcceptedAt,
        TimeSpan.FromMilliseconds(row.Deadline - store.Clock.Now),
        row.SettledAt is { } settled ? new StoreMoment(settled) : null,
        row.Answer is null ? null : Doubted(Understand<GoalAnswer>(row.Answer, row.Number), row.Doubt));

    private static GoalAnswer Doubted(GoalAnswer answer, string? doubt) => doubt is null || answer.Origin is not { } origin ? answer : answer with { Origin = origin with { Doubt = doubt } };

    /// <exception cref="StoreUnavailable">A later version has written it, or somebody else. Another node may know better.</exception>
    private T Understand<T>(string written, long number)
    {
        try
        {
            return JsonSerializer.Deserialize(written, WireSchema.Info<T>()) ?? throw new JsonException("null");
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            throw new StoreUnavailable($"{store.Database.Name}: goal number {number} is not written as this version reads it", failure);
        }
    }

    /// <summary>As it is read; what is written in it is understood by whoever asks, and not by the one writer that all wait for.</summary>
    private sealed record GoalRow(long Number, string Goal, string Owner, long Stands, long AcceptedAt, long Deadline, long? SettledAt, string? Answer, string? Doubt);
}
