using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>An observer that throws loses its run, not the thread that all runs depend on.</summary>
internal sealed class GuardedObserver(IProverObserver observer, Action onFault) : IProverObserver
{
    private bool _faulted;

    public void Started() => Tell(static (observer, _) => observer.Started(), 0);

    public void Drained() => Tell(static (observer, _) => observer.Drained(), 0);

    public void Ended() => Tell(static (observer, _) => observer.Ended(), 0);

    public void Reaped(RunEnd end, RunUsage usage)
    {
        // Told in any case: it is what the observer's owner waits for.
        _faulted = false;
        Tell(static (observer, told) => observer.Reaped(told.end, told.usage), (end, usage));
    }

    public void Printed(ProverStream stream, ReadOnlySpan<byte> bytes)
    {
        if (_faulted)
            return;

        try
        {
            observer.Printed(stream, bytes);
        }
        catch (Exception)
        {
            Fault();
        }
    }

    private void Tell<T>(Action<IProverObserver, T> tell, T told)
    {
        if (_faulted)
            return;

        try
        {
            tell(observer, told);
        }
        catch (Exception)
        {
            Fault();
        }
    }

    private void Fault()
    {
        _faulted = true;
        onFault();
    }
}
