using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Data.Common;
using System.Text;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Store;

/// <summary>The cache as a table.</summary>
internal sealed class SqlVerdicts(StoreAccess store) : IVerdictCache
{
    private const string Columns = "key, language, verdict, provenance, bytes, created, used";

    /// <summary>Uses that are not written down yet: a hit is not to wait for a disk, and it is no harm if the last ones are lost.</summary>
    private const int MostUses = 512;

    private static readonly FrozenDictionary<string, Verdict> s_words = new[] { Verdict.Proved, Verdict.Refuted }.ToFrozenDictionary(verdict => verdict.Word());

    private readonly ConcurrentDictionary<string, long> _uses = new(StringComparer.Ordinal);

    public async Task<CachedVerdict?> GetAsync(string key, CancellationToken cancellation = default)
    {
        var found = await store.ReadAsync(Find(key), Rows.First(Read), cancellation);
        if (found is not null && (_uses.Count < MostUses || _uses.ContainsKey(key)))
            _uses[key] = store.Clock.Now;
        return found;
    }

    public async Task<CachedVerdict> PutAsync(NewVerdict verdict, CancellationToken cancellation = default)
    {
        var (now, bytes) = (store.Clock.Now, (long)Encoding.UTF8.GetByteCount(verdict.Provenance));
        var stands = await store.WriteAsync(
            verdict.Key,
            bytes,
            Rows.First(Read),
            cancellation,
            new SqlStatement(
                $"insert into verdicts ({Columns}) values ($1, $2, $3, $4, $5, $6, $7) on conflict (key) do nothing",
                verdict.Key, verdict.Language.Name(), verdict.Verdict.Word(), verdict.Provenance, bytes, now, now),
            Find(verdict.Key));
        // Another node may have evicted it since.
        return stands ?? new CachedVerdict(verdict.Key, verdict.Language, verdict.Verdict, verdict.Provenance, bytes, TimeSpan.Zero, TimeSpan.Zero);
    }

    public async Task<bool> EvictAsync(string key, CancellationToken cancellation = default) =>
        await store.WriteAsync(key, Rows.CountAsync, cancellation, new SqlStatement("delete from verdicts where key = $1 returning key", key)) > 0;

    public async Task<int> TrimAsync(CacheBounds bounds, int most, CancellationToken cancellation = default)
    {
        await WriteUsesAsync(cancellation);
        var oldest = store.Clock.Now - (long)bounds.Age.TotalMilliseconds;
        var gone = await DeleteAsync("where created < $2 order by created, key", most, cancellation, oldest);
        var counts = await CountAsync(cancellation);
        if (gone == most || (counts.Entries <= bounds.Entries && counts.Bytes <= bounds.Bytes))
            return gone;
        // As many of those that were used least recently as it takes.
        var idle = await store.ReadAsync(new SqlStatement("select bytes from verdicts order by used, key limit $1", (long)(most - gone)), Rows.All(row => row.GetInt64(0)), cancellation);
        var (entries, bytes) = (counts.Entries, counts.Bytes);
        var excess = idle.TakeWhile(size =>
        {
            var isBeyond = entries > bounds.Entries || bytes > bounds.Bytes;
            (entries, bytes) = (entries - 1, bytes - size);
            return isBeyond;
        }).Count();
        return gone + await DeleteAsync("order by used, key", excess, cancellation);
    }

    public Task<int> ClearAsync(int most, CancellationToken cancellation = default) => DeleteAsync("order by key", most, cancellation);

    public Task<IReadOnlyList<CachedVerdict>> PageAsync(string after, int most, CancellationToken cancellation = default) => store.ReadAsync(
        new SqlStatement($"select {Columns} from verdicts where key > $1 order by key limit $2", after, (long)most), Rows.All(Read), cancellation);

    public async Task<CacheCounts> CountAsync(CancellationToken cancellation = default) => (await store.ReadAsync(
        new SqlStatement("select count(*), cast(coalesce(sum(bytes), 0) as bigint) from verdicts"),
        Rows.First(row => new CacheCounts(row.GetInt64(0), row.GetInt64(1))),
        cancellation))!;

    /// <summary>Those of this node, all at once: one flush.</summary>
    /// <exception cref="StoreUnavailable">Some of them are lost, and no harm is done.</exception>
    public Task WriteUsesAsync(CancellationToken cancellation) => Task.WhenAll(
        from use in _uses
        where _uses.TryRemove(use)
        select store.WriteAsync(use.Key, Rows.CountAsync, cancellation, new SqlStatement("update verdicts set used = $1 where key = $2 and used < $1 returning key", use.Value, use.Key)));

    private Task<int> DeleteAsync(string which, int most, CancellationToken cancellation, params object?[] values) => store.WriteAsync(
        "", Rows.CountAsync, cancellation, new SqlStatement($"delete from verdicts where key in (select key from verdicts {which} limit $1) returning key", [(long)most, .. values]));

    private static SqlStatement Find(string key) => new($"select {Columns} from verdicts where key = $1", key);

    private CachedVerdict Read(DbDataReader row) => new(
        row.GetString(0),
        s_words.TryGetValue(row.GetString(2), out var verdict) ? GoalLanguages.FromName(row.GetString(1)) : null,
        verdict,
        row.GetString(3),
        row.GetInt64(4),
        TimeSpan.FromMilliseconds(store.Clock.Now - row.GetInt64(5)),
        TimeSpan.FromMilliseconds(store.Clock.Now - row.GetInt64(6)));
}
