namespace ProverCluster.Node.Tests.Races;

/// <summary>By how much this process grows at most, looked at often: what the kernel says, and what the collector does.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly long _residentBefore;
    private readonly long _heapBefore;
    private long _resident;
    private long _heap;

    public MemoryWatch()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true);
        (_residentBefore, _heapBefore) = (Environment.WorkingSet, GC.GetTotalMemory(false));
        _ = LookAsync();
    }

    public long ResidentMiB => Math.Max(0, Volatile.Read(ref _resident) - _residentBefore) >> 20;

    public long HeapMiB => Math.Max(0, Volatile.Read(ref _heap) - _heapBefore) >> 20;

    public override string ToString() => $"resident +{ResidentMiB} MiB, heap +{HeapMiB} MiB at most";

    public void Dispose() => _end.Cancel();

    private async Task LookAsync()
    {
        var between = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!_end.IsCancellationRequested && await between.WaitForNextTickAsync(CancellationToken.None))
        {
            _resident = Math.Max(_resident, Environment.WorkingSet);
            _heap = Math.Max(_heap, GC.GetTotalMemory(false));
        }
    }
}
