using System.Buffers;
using System.IO.Pipelines;

namespace ProverCluster.Api.Submissions;

/// <summary>The lines of a body, each as bytes of its own; never more in memory than one of them may have.</summary>
internal sealed class LineReader(PipeReader body, long most)
{
    /// <summary>The next line without its end; null after the last one.</summary>
    /// <exception cref="ProblemException">It is too long.</exception>
    public async Task<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellation);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
                return Take(read.Buffer.Slice(0, end), read.Buffer.GetPosition(1, end));
            if (read.IsCompleted || read.Buffer.Length > most)
            {
                var last = Take(read.Buffer, read.Buffer.End);
                return last.IsEmpty ? (ReadOnlyMemory<byte>?)null : last;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Gives the buffer back in any case: the server could not read on otherwise.</summary>
    private ReadOnlyMemory<byte> Take(ReadOnlySequence<byte> line, SequencePosition next)
    {
        var bytes = line.Length > most ? null : line.ToArray();
        body.AdvanceTo(next);
        return bytes ?? throw new ProblemException(Problem.TooLarge(most));
    }
}
