using System.IO.Pipelines;

namespace ProverCluster.Api.Submissions;

/// <summary>
/// Reads what takes room as it comes, and so has to come on: the server's own look at it counts from the beginning, and lets whoever was fast at first stand still for hours.
/// </summary>
/// <param name="cancellation">Gives up reading.</param>
internal sealed class Pace(CancellationToken cancellation) : IDisposable
{
    /// <summary>How long so many bytes may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int BytesInTime = 16 << 10;

    private readonly CancellationTokenSource _late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    private long _came;
    private long _due;

    /// <exception cref="ProblemException">It comes too slowly.</exception>
    public async ValueTask<ReadResult> ReadAsync(PipeReader body)
    {
        try
        {
            return await body.ReadAsync(_late.Token);
        }
        catch (OperationCanceledException) when (_late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ProblemException(Problem.TooSlow);
        }
    }

    /// <summary>From now on it is expected to come.</summary>
    public void Begin() => Expect();

    /// <summary>So much more of it has come.</summary>
    public void Came(long count)
    {
        _came += count;
        if (count > 0 && _came >= _due)
            Expect();
    }

    public void Dispose() => _late.Dispose();

    private void Expect()
    {
        _due = _came + BytesInTime;
        _late.CancelAfter(Patience);
    }
}
