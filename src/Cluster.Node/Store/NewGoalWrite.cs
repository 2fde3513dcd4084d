namespace ProverCluster.Node.Store;

/// <summary>
/// A goal's row, unless there is one under its id: then nothing is written, and the caller is told null. It is what a store does most, so each kind of database has its own
/// shortest way to write many of them.
/// </summary>
internal sealed class NewGoalWrite(NewGoalRow row) : StoreWrite<long?>
{
    public NewGoalRow Row => row;

    /// <param name="number">The row's; null if it was not written.</param>
    public void Take(long? number) => Taken = number;
}

/// <param name="Id">The goal's.</param>
/// <param name="Goal">As JSON.</param>
/// <param name="Owner">Whose.</param>
/// <param name="Stands">1 if the owner's interest lasts although nobody waits, else 0.</param>
/// <param name="AcceptedAt">In milliseconds of Unix time.</param>
/// <param name="Deadline">By the store's clock.</param>
/// <param name="Content">Its text; null if it has none, or one with a row of its own.</param>
internal sealed record NewGoalRow(string Id, string Goal, string Owner, long Stands, long AcceptedAt, long Deadline, byte[]? Content);
