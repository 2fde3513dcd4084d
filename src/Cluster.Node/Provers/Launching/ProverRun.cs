using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers.Native;
using ProverCluster.Node.Provers.Sampling;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>
/// One prover's process from its start until nothing of it is left. Everything happens on the loop's thread, apart from
/// <see cref="Kill"/> and <see cref="Sample"/>; what they touch is guarded by <see cref="Gate"/>.
/// </summary>
internal abstract class ProverRun : IProverProcess
{
    private readonly UsageMeter _meter = new();
    private bool _started;
    private bool _ended;
    private bool _reaped;

    protected ProverRun(ProverLoop loop, ProverCommand command, IProverObserver observer)
    {
        Loop = loop;
        Command = command;
        Observer = new GuardedObserver(observer, Kill);
    }

    protected ProverLoop Loop { get; }

    protected ProverCommand Command { get; }

    protected IProverObserver Observer { get; }

    internal RunTag Tag { get; } = RunTag.Next();

    protected Lock Gate { get; } = new();

    protected bool KillWanted { get; private set; }

    protected OutputPipes? Output { get; set; }

    /// <summary>Told on the loop's thread when the run is over, after its observer.</summary>
    internal event Action<ProverRun>? Over;

    /// <summary>Everything that can be done by the thread that asks for the start. Throws <see cref="NativeFailure"/> or <see cref="IOException"/>.</summary>
    internal abstract void Prepare();

    /// <summary>Starts the process, on the loop's thread.</summary>
    internal void Launch()
    {
        RunEnd.NeverStarted? failure = null;
        lock (Gate)
        {
            if (KillWanted)
            {
                failure = new RunEnd.NeverStarted(NoStart.Stopped, "stopped before it was started");
            }
            else
            {
                try
                {
                    Spawn();
                    _started = true;
                }
                catch (Exception e) when (e is IOException or ArgumentException)
                {
                    failure = new RunEnd.NeverStarted(NoStart.Failed, e.Message);
                }
            }
        }

        if (failure is null)
            Observer.Started();
        else
            Abandon(failure);
    }

    /// <summary>Ends a run that never had a process.</summary>
    internal void Abandon(RunEnd.NeverStarted failure)
    {
        Release();
        Tell(failure);
    }

    public void Kill()
    {
        lock (Gate)
        {
            if (KillWanted || _reaped)
                return;

            KillWanted = true;
            if (_started)
            {
                // The last chance: what is killed takes its account with it.
                _meter.Sample(AddProcesses);
                SendKill();
            }
        }
    }

    public ProverSample Sample()
    {
        lock (Gate)
        {
            var (rss, processes) = _started && !_reaped ? _meter.Sample(AddProcesses) : default;
            // At once, and not when the runner has seen it: in the meantime it would go on forking.
            if (processes > ProverSample.MostProcesses)
                Kill();

            return new ProverSample(_meter.Cpu, rss, Output?.Bytes ?? 0, processes);
        }
    }

    public IReadOnlyList<int> Processes()
    {
        var processes = new List<int>();
        lock (Gate)
        {
            if (_started && !_reaped)
                AddProcesses(processes);
        }

        return processes;
    }

    protected abstract void Spawn();

    /// <summary>Sends the signal, under the gate; may be called again when more is known.</summary>
    protected abstract void SendKill();

    protected abstract void AddProcesses(List<int> into);

    /// <summary>Gives back whatever was prepared and is still held.</summary>
    protected abstract void Release();

    /// <summary>Limits that every process of the run inherits.</summary>
    protected unsafe void Limit(int pid, long? largestFile = null)
    {
        Tag.Put(pid);
        var none = default(Libc.RLimit);
        _ = Libc.PrLimit(pid, Libc.RlimitCore, &none, null);
        if (largestFile is { } bytes)
        {
            var limit = new Libc.RLimit { Soft = (ulong)bytes, Hard = (ulong)bytes };
            _ = Libc.PrLimit(pid, Libc.RlimitFsize, &limit, null);
        }
    }

    protected void End()
    {
        if (!_ended)
        {
            _ended = true;
            Output?.Drain();
            Observer.Ended();
        }
    }

    /// <summary>Nothing of the run is alive.</summary>
    protected void Finish(RunEnd end, TimeSpan cpu, long? peakRss)
    {
        Output?.Drain();
        if (end is not RunEnd.NeverStarted)
            End();

        lock (Gate)
        {
            if (cpu > TimeSpan.Zero || peakRss is not null)
                _meter.Know(cpu, peakRss);
        }

        Output?.Close();
        Release();
        Tell(end);
    }

    private void Tell(RunEnd end)
    {
        RunUsage usage;
        lock (Gate)
        {
            _reaped = true;
            usage = end is RunEnd.NeverStarted ? RunUsage.None : _meter.Usage;
        }

        Observer.Reaped(end, usage);
        Over?.Invoke(this);
    }
}
