using System.Buffers;
using System.IO.Pipelines;
using ProverCluster.Api.Gates;

namespace ProverCluster.Api.Submissions;

/// <summary>
/// The lines of a body. A line takes room as it grows; once it is begun it has to come on, since it holds that room. Between two lines a client may rest.
/// </summary>
internal sealed class LineReader(PipeReader body, long most, Room room)
{
    /// <summary>The next line; null after the last one.</summary>
    /// <exception cref="ProblemException">It is too long, comes too slowly, or there is no room for it.</exception>
    public async Task<HeldLine?> NextAsync(CancellationToken cancellation)
    {
        var held = room.TryTake(0)!;
        try
        {
            return await ReadAsync(held, cancellation);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private async Task<HeldLine?> ReadAsync(Room.Lease held, CancellationToken cancellation)
    {
        using var pace = new Pace(cancellation);
        var line = new GrowingBytes(held, most);
        while (true)
        {
            var part = Take(await pace.ReadAsync(body), line);
            if (part.IsEnded || (part.IsLast && !line.Written.IsEmpty))
                return new HeldLine(line.Written, held);
            if (part.IsLast)
                return null;
            pace.Came(part.Length);
        }
    }

    /// <summary>Gives the buffer back in any case: the server could not read on otherwise. What has been looked at is not looked at again.</summary>
    private (long Length, bool IsEnded, bool IsLast) Take(ReadResult read, GrowingBytes line)
    {
        var end = read.Buffer.PositionOf((byte)'\n');
        var part = end is { } at ? read.Buffer.Slice(0, at) : read.Buffer;
        try
        {
            line.Append(part, isAll: end is not null || read.IsCompleted);
            return (part.Length, end is not null, read.IsCompleted);
        }
        finally
        {
            body.AdvanceTo(end is { } last ? read.Buffer.GetPosition(1, last) : read.Buffer.End);
        }
    }
}

/// <param name="Bytes">The line without its end.</param>
/// <param name="Held">The room that it takes; whoever has the line gives it back.</param>
internal sealed record HeldLine(ReadOnlyMemory<byte> Bytes, Room.Lease Held);
