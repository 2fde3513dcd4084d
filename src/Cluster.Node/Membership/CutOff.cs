namespace ProverCluster.Node.Membership;

/// <summary>Whether this node has been given up by its cluster, or has given itself up: from then on nothing that it does may count.</summary>
internal sealed class CutOff
{
    private readonly TaskCompletionSource _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done as soon as that is known here.</summary>
    public Task Happened => _happened.Task;

    public bool IsSo => _happened.Task.IsCompleted;

    public void Happen() => _happened.TrySetResult();
}
