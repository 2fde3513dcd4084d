using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Store;

/// <summary>Verdicts by what they are verdicts on. What a key is made of, and what a provenance says, is decided elsewhere.</summary>
/// <remarks>All of it throws <see cref="StoreUnavailable"/>, and works again once the cause is gone.</remarks>
internal interface IVerdictCache
{
    /// <summary>What stands under the key, which was used at this moment; null if nothing does.</summary>
    Task<CachedVerdict?> GetAsync(string key, CancellationToken cancellation = default);

    /// <summary>Puts it there, unless something stands under its key: the first stays. Returns what stands.</summary>
    Task<CachedVerdict> PutAsync(NewVerdict verdict, CancellationToken cancellation = default);

    /// <summary>False if nothing stood under the key.</summary>
    Task<bool> EvictAsync(string key, CancellationToken cancellation = default);

    /// <summary>
    /// Takes away what is beyond the bounds: what is too old, then what was not used for the longest time. A small step of so many at most, so that nobody waits long
    /// behind it. Returns how many; fewer than <paramref name="most"/> when there is no more to do.
    /// </summary>
    Task<int> TrimAsync(CacheBounds bounds, int most, CancellationToken cancellation = default);

    /// <summary>Takes away whatever there is, so many at most. Returns how many.</summary>
    Task<int> ClearAsync(int most, CancellationToken cancellation = default);

    /// <summary>Some of them, in the order of their keys.</summary>
    /// <param name="after">The last key that is known; "" for none.</param>
    /// <param name="most">How many.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<IReadOnlyList<CachedVerdict>> PageAsync(string after, int most, CancellationToken cancellation = default);

    Task<CacheCounts> CountAsync(CancellationToken cancellation = default);
}

/// <param name="Key">What it is a verdict on.</param>
/// <param name="Language">In which language that is written.</param>
/// <param name="Verdict">A decisive one.</param>
/// <param name="Provenance">Where it comes from, as JSON.</param>
internal sealed record NewVerdict(string Key, GoalLanguage Language, Verdict Verdict, string Provenance);

/// <param name="Key">What it is a verdict on.</param>
/// <param name="Language">In which language that is written; null of a row that this version does not understand, and then the verdict says nothing either.</param>
/// <param name="Verdict">A decisive one.</param>
/// <param name="Provenance">Where it comes from, as JSON.</param>
/// <param name="Bytes">What it counts.</param>
/// <param name="Age">Since it was put there.</param>
/// <param name="Idle">Since it was used last, as far as that is written down: a minute may be missing.</param>
internal sealed record CachedVerdict(string Key, GoalLanguage? Language, Verdict Verdict, string Provenance, long Bytes, TimeSpan Age, TimeSpan Idle);

/// <param name="Age">Since it was put there.</param>
/// <param name="Entries">How many.</param>
/// <param name="Bytes">All of them together.</param>
internal sealed record CacheBounds(TimeSpan Age, long Entries, long Bytes);

/// <param name="Entries">How many.</param>
/// <param name="Bytes">All of them together.</param>
internal sealed record CacheCounts(long Entries, long Bytes);
