using ProverCluster.Cli.Provers;
using ProverCluster.Cli.Racing;
using ProverCluster.Client;

namespace ProverCluster.Cli.Questions;

/// <summary>Talks to a running cluster for one call, until it is answered, refused, or interrupted.</summary>
internal sealed class Conversation(Surroundings world)
{
    /// <param name="talk">What to ask and print, until it is interrupted; its exit value.</param>
    public async Task<int> HoldAsync(Func<CancellationToken, Task<int>> talk)
    {
        using var interrupts = new Interrupts(world.Leave);
        world.Listen(interrupts);
        try
        {
            return await talk(interrupts.Withdraw);
        }
        catch (ProverClientException e) when (e is UnknownGoalException or RequestRefusedException)
        {
            return Complain(e.Message, ExitCodes.Rejected);
        }
        catch (ProverClientException e)
        {
            return Complain(e.Message, ExitCodes.Failed);
        }
        catch (OperationCanceledException) when (interrupts.Happened)
        {
            return ExitCodes.Interrupted;
        }
    }

    /// <summary>How a cluster is reached that is there, or is not: who asks does not want to wait for it.</summary>
    public ProverClientOptions Options(IReadOnlyList<string> cluster, string? tokenFile) =>
        RunningCluster.Options(cluster.Count > 0 ? cluster : [RunningCluster.Usual], tokenFile, world);

    public int Print(string text)
    {
        world.Output.WriteLine(text);
        world.Output.Flush();
        return ExitCodes.Proved;
    }

    public int Complain(string sentence, int code)
    {
        world.Error.WriteLine($"prove: {sentence}");
        return code;
    }
}
