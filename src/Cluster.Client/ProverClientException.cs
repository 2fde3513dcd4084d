using ProverCluster.Messages.Ids;

namespace ProverCluster.Client;

/// <summary>A call that came to nothing, with one derived class for each cause. The message is one sentence for a person.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="endpoint">Who said so, or null if nobody did.</param>
/// <param name="code">The cluster's own stable word for it, or null.</param>
public abstract class ProverClientException(string message, Uri? endpoint = null, string? code = null) : Exception(message)
{
    /// <summary>Who said so; null if nobody did.</summary>
    public Uri? Endpoint { get; } = endpoint;

    /// <summary>The cluster's own stable word for what is wrong, such as <c>bad-option</c>; null if there is none.</summary>
    public string? Code { get; } = code;
}

/// <summary>No endpoint could be reached, or none of those that were took the call, for as long as <see cref="ProverClientOptions.RetryFor"/> says.</summary>
/// <inheritdoc/>
public sealed class ClusterUnreachableException(string message, Uri? endpoint = null, string? code = null) : ProverClientException(message, endpoint, code);

/// <summary>The request is not what the cluster wants: an option it does not know or take, a text that is too long.</summary>
/// <inheritdoc/>
public sealed class RequestRefusedException(string message, Uri? endpoint = null, string? code = null) : ProverClientException(message, endpoint, code);

/// <summary>The cluster wants a token, and there is none or a wrong one.</summary>
/// <inheritdoc/>
public sealed class UnauthorizedException(string message, Uri? endpoint = null, string? code = null) : ProverClientException(message, endpoint, code);

/// <summary>The token's role does not allow this.</summary>
/// <inheritdoc/>
public sealed class ForbiddenException(string message, Uri? endpoint = null, string? code = null) : ProverClientException(message, endpoint, code);

/// <summary>The cluster knows no such goal, or it is another client's.</summary>
/// <inheritdoc/>
public sealed class UnknownGoalException(string message, Uri? endpoint = null, string? code = null) : ProverClientException(message, endpoint, code);

/// <summary>The id that <see cref="Goal.Id"/> asks for belongs to another text, or to the same one with other options.</summary>
/// <inheritdoc/>
public sealed class GoalIdInUseException(string message, Uri? endpoint = null, string? code = null) : ProverClientException(message, endpoint, code);

/// <summary>The cluster has more goals than it takes, or than this token may have, and stayed so for as long as <see cref="ProverClientOptions.RetryFor"/> says.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="endpoint">Who said so.</param>
/// <param name="code">The cluster's own word for it.</param>
/// <param name="retryAfter">When it is worth another try.</param>
public sealed class QueueFullException(string message, Uri? endpoint = null, string? code = null, TimeSpan? retryAfter = null) : ProverClientException(message, endpoint, code)
{
    /// <summary>When the cluster says it is worth another try; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>An endpoint does not speak as a ProverCluster does: it may be something else, or of a version too far from this one.</summary>
/// <inheritdoc/>
public sealed class ProtocolException(string message, Uri? endpoint = null, string? code = null) : ProverClientException(message, endpoint, code);

/// <summary>The caller's token was cancelled, and the goal is given up.</summary>
public sealed class GoalWithdrawnException : OperationCanceledException
{
    /// <param name="goal">Which goal.</param>
    /// <param name="isConfirmed">Whether the cluster has noted it.</param>
    /// <param name="result">The story of the goal, or null.</param>
    /// <param name="token">The caller's.</param>
    public GoalWithdrawnException(GoalId goal, bool isConfirmed, ProveResult? result, CancellationToken token)
        : base(isConfirmed ? $"goal {goal} was withdrawn" : $"goal {goal} was given up, and the cluster has not confirmed it in time", token) =>
        (Goal, IsConfirmed, Result) = (goal, isConfirmed, result);

    /// <summary>Which goal.</summary>
    public GoalId Goal { get; }

    /// <summary>Whether the cluster has noted it. If not, its provers run on until it sees that the connection is closed.</summary>
    public bool IsConfirmed { get; }

    /// <summary>The story of the goal, if all its runs ended within <see cref="ProveOptions.WithdrawGrace"/>; null otherwise.</summary>
    public ProveResult? Result { get; }
}
