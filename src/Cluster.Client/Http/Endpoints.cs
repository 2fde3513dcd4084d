namespace ProverCluster.Client.Http;

/// <summary>The nodes a client knows. All its calls stay with one until it fails: a cluster that is well is asked at one place.</summary>
internal sealed class Endpoints(IEnumerable<string> addresses)
{
    private readonly Uri[] _all = [.. addresses.Select(Addresses.Parse)];
    private int _current;

    public int Count => _all.Length;

    public Uri Current => _all[Volatile.Read(ref _current)];

    /// <summary>This one has failed: go on with the next, unless another call has found that out before.</summary>
    public void Leave(Uri failed)
    {
        var current = Volatile.Read(ref _current);
        if (_all[current] == failed) Interlocked.CompareExchange(ref _current, (current + 1) % _all.Length, current);
    }
}
