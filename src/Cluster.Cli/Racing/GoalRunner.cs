using ProverCluster.Cli.Inputs;
using ProverCluster.Client;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Racing;

/// <summary>Takes one goal from its name to its story. Nothing that happens to a goal harms another one.</summary>
internal sealed class GoalRunner(IProver prover, ProveOptions options, Func<Stream> standardInput, ExitCodes codes, IRaceWatcher watcher)
{
    // Once nobody answers, the goals that are left need not wait for that one by one.
    private string? _lost;

    public GoalInFlight Start(GoalInput input, CancellationToken withdraw)
    {
        var race = GoalId.New();
        var decided = new FirstVerdict(race, watcher);
        return new GoalInFlight(input.Name, input.Language, decided.Task, SettleAsync(race, input, decided, withdraw));
    }

    private async Task<GoalResult> SettleAsync(GoalId race, GoalInput input, FirstVerdict decided, CancellationToken withdraw)
    {
        watcher.Started(race, input.Name);
        var answer = await AnswerAsync(race, input, decided, withdraw);
        codes.Add(ExitCodes.Of(answer.Verdict));
        decided.None();
        watcher.Ended(race, answer.Verdict);
        return new GoalResult(input.Language, answer);
    }

    private async Task<GoalAnswer> AnswerAsync(GoalId id, GoalInput input, FirstVerdict decided, CancellationToken withdraw)
    {
        try
        {
            withdraw.ThrowIfCancellationRequested();
            if (input.Problem is { } problem) return GoalAnswers.Rejected(id, input.Name, problem);
            // Without a known language nothing can be read, unless the file has come into being since its name was looked at.
            if (input.Language is null) return GoalAnswers.Rejected(id, input.Name, FileKinds.Of(input.Name) is null ? "there is no such file" : "its language is not known");
            if (input.Name.Length > GoalBounds.NameLength) return GoalAnswers.Rejected(id, input.Name, "its name is too long");
            if (Volatile.Read(ref _lost) is { } why) return GoalAnswers.Failed(id, input.Name, why);
            return (await prover.ProveAsync(GoalOf(input) with { Name = input.Name }, options, decided, withdraw)).Answer;
        }
        catch (GoalWithdrawnException e)
        {
            return e.Result?.Answer ?? GoalAnswers.Withdrawn(id, input.Name, e.IsConfirmed ? "interrupted" : "interrupted, and its race did not end in time");
        }
        catch (OperationCanceledException) when (withdraw.IsCancellationRequested)
        {
            return GoalAnswers.Withdrawn(id, input.Name, "interrupted before its race began");
        }
        catch (RequestRefusedException e)
        {
            return GoalAnswers.Rejected(id, input.Name, e.Message);
        }
        catch (Exception e)
        {
            codes.Add(ExitCodes.Failed);
            var sentence = e is ProverClientException ? e.Message : $"the node failed: {Excerpt.Of(e.Message)}";
            if (e is ClusterUnreachableException or UnauthorizedException or ForbiddenException) Volatile.Write(ref _lost, sentence);
            return GoalAnswers.Failed(id, input.Name, sentence);
        }
    }

    private Client.Goal GoalOf(GoalInput input) => input.Name == GoalInput.StandardInput
        ? Client.Goal.FromStream(standardInput, input.Language!.Value)
        : Client.Goal.FromFile(input.Name, input.Language);
}
