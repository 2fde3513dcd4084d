using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Texts;

/// <summary>Brings the output of a winner to whoever waits for the answer: the last step of a goal's way, outside of the actors.</summary>
/// <param name="texts">This node's <see cref="TextsActor"/>.</param>
/// <param name="stopped">Ends when the node stops.</param>
internal sealed class AnswerOutput(IActorRef texts, Task stopped)
{
    /// <summary>The longest output over a slow link; a source that is silent is given up long before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The answer with the output itself in it, or with the reason why it could not be had. Never fails.</summary>
    /// <param name="answer">A settled goal's.</param>
    /// <param name="withdraw">Nobody wants to wait any more.</param>
    /// <param name="letsGo">Whether nobody will ask for it again.</param>
    public async Task<GoalAnswer> BringAsync(GoalAnswer answer, CancellationToken withdraw, bool letsGo = true)
    {
        if (answer is not { Output: ProverOutput.Kept kept, Winner: { } winner })
            return answer;
        try
        {
            var asked = texts.Ask<OutputFetched>(new FetchOutput(kept, winner, letsGo), Patience, withdraw);
            if (await Task.WhenAny(asked, stopped) == stopped)
                return Without(answer, "the node stopped");
            var fetched = await asked;
            return fetched.Fault is null ? answer with { Output = fetched.Output } : Without(answer, fetched.Fault);
        }
        catch (OperationCanceledException)
        {
            return Without(answer, "it was not waited for");
        }
        catch (AskTimeoutException)
        {
            return Without(answer, $"{kept.Source} did not send it in time");
        }
    }

    private static GoalAnswer Without(GoalAnswer answer, string why) => answer with { Output = new ProverOutput.Missing(why) };
}
