using Akka;
using Akka.Actor;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Lifetime;

/// <summary>
/// The first thing a node that serves does when it ends, whatever the reason: it takes no more work, lets what runs go on for a while, ends the rest, and
/// waits until the coordinators know. A node that is cut off from them ends its runs at once, also while it is about to leave: its share of the work is begun
/// elsewhere.
/// </summary>
internal sealed class NodeDrain(ActorSystem system, IActorRef agent, IProverLauncher launcher, CutOff cutOff, TimeSpan grace)
{
    /// <summary>How long the end of what was ended may take, and its answer from the coordinators: a tick, a kill, a few messages.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The same where nobody answers any more, and where a person waits: a tick and a kill.</summary>
    private static readonly TimeSpan ShortPatience = TimeSpan.FromMilliseconds(300);

    /// <summary>What the whole may take at most.</summary>
    public static TimeSpan Longest(TimeSpan grace) => grace + Patience + TimeSpan.FromSeconds(2);

    /// <summary>Makes that the last thing that happens here to any run, from now on.</summary>
    public void KillWhenCutOff() => _ = KillLaterAsync();

    public async Task<Done> RunAsync()
    {
        if (CoordinatedShutdown.Get(system).ShutdownReason is CoordinatedShutdown.ClusterDowningReason)
            cutOff.Happen();
        if (cutOff.IsSo || await Task.WhenAny(DrainAsync(), cutOff.Happened) == cutOff.Happened)
            await KillAsync();
        return Done.Instance;
    }

    /// <summary>Ends every run now, told as drained and not as a failure of its prover where there is time; no prover is left when it returns.</summary>
    public async Task KillAsync()
    {
        await IsDrainedAsync(new Drain(IsNow: true), ShortPatience);
        // Not left to actors and ticks: by now somebody else may be about to do the same work.
        await Task.Run(launcher.Dispose);
    }

    private async Task DrainAsync()
    {
        if (!await IsDrainedAsync(new Drain(IsNow: false), grace))
            await IsDrainedAsync(new Drain(IsNow: true), Patience);
    }

    private async Task KillLaterAsync()
    {
        await cutOff.Happened;
        await KillAsync();
    }

    private async Task<bool> IsDrainedAsync(Drain drain, TimeSpan longest)
    {
        if (longest == TimeSpan.Zero)
            return false;
        try
        {
            await agent.Ask<Drained>(drain, longest);
            return true;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }
}
