using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Backends.Readings;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Runners;

/// <summary>
/// Stands between the launcher's thread and the runner: reads there what the prover prints, and tells the runner only what it
/// must act on. A hundred megabytes of output are one message.
/// </summary>
internal sealed class ProverWatch(IOutputReading reading, IActorRef runner, TimeProvider clock) : IProverObserver
{
    private readonly Lock _leaving = new();
    private Action? _whenGone;
    private bool _isReaped;
    private bool _concluded;
    private string? _fault;

    /// <summary>The runner stops before its process is gone: <paramref name="heir"/> is told that it lives, and then that it is gone.</summary>
    public void LeaveTo(IActorRef heir, RunId run)
    {
        lock (_leaving)
        {
            if (_isReaped)
                return;
            heir.Tell(new ProverLeft(run), ActorRefs.NoSender);
            _whenGone = () => heir.Tell(new LeftProverGone(run), ActorRefs.NoSender);
        }
    }

    public void Started() => runner.Tell(new ProverStarted(clock.GetTimestamp()), ActorRefs.NoSender);

    public void Printed(ProverStream stream, ReadOnlySpan<byte> bytes)
    {
        if (_fault is not null)
            return;

        try
        {
            switch (stream)
            {
                case ProverStream.Stdout:
                    reading.Stdout(bytes);
                    break;
                case ProverStream.Stderr:
                    reading.Stderr(bytes);
                    break;
                default:
                    reading.Result(bytes);
                    break;
            }
        }
        catch (Exception failure)
        {
            Lose(failure);
        }
    }

    public void Drained()
    {
        if (_concluded || _fault is not null)
            return;

        try
        {
            if (!reading.IsConclusive)
                return;

            _concluded = true;
            var saying = reading.Conclude(null);
            if (saying.Verdict.IsDecisive())
                runner.Tell(new ProverConcluded(saying, clock.GetTimestamp()), ActorRefs.NoSender);
        }
        catch (Exception failure)
        {
            Lose(failure);
        }
    }

    public void Ended() => runner.Tell(new ProverEnded(clock.GetTimestamp()), ActorRefs.NoSender);

    public void Reaped(RunEnd end, RunUsage usage)
    {
        // Told whatever happens: the runner, and with it the goal, waits for nothing else.
        var saying = LastSaying(end);
        runner.Tell(new ProverReaped(end, usage, saying, clock.GetTimestamp()), ActorRefs.NoSender);
        lock (_leaving)
        {
            _isReaped = true;
            _whenGone?.Invoke();
        }
    }

    private RunSaying LastSaying(RunEnd end)
    {
        try
        {
            if (_fault is null)
                return reading.Conclude(end);
        }
        catch (Exception failure)
        {
            Lose(failure);
        }

        return RunSaying.Nothing with { Szs = SzsStatus.Error, Fault = _fault };
    }

    /// <summary>A defect of ours on hostile output must cost this run its verdict, not the node its launcher.</summary>
    private void Lose(Exception failure) => _fault = $"its output could not be read: {failure.GetType().Name}: {failure.Message}";
}

internal sealed record ProverStarted(long At) : INoSerializationVerificationNeeded;

internal sealed record ProverConcluded(RunSaying Saying, long At) : INoSerializationVerificationNeeded;

internal sealed record ProverEnded(long At) : INoSerializationVerificationNeeded;

/// <summary>The run's runner has stopped and its process is being killed.</summary>
internal sealed record ProverLeft(RunId Run) : INoSerializationVerificationNeeded;

/// <summary>Nothing of a process that was left is alive any more.</summary>
internal sealed record LeftProverGone(RunId Run) : INoSerializationVerificationNeeded;

internal sealed record ProverReaped(RunEnd End, RunUsage Usage, RunSaying Saying, long At) : INoSerializationVerificationNeeded;
