using System.Buffers;
using ProverCluster.Api.Gates;

namespace ProverCluster.Api.Submissions;

/// <summary>Bytes as they come, in an array that grows with them. Its room is taken before it is, and by what has come: what a client says that it will send takes none.</summary>
internal sealed class GrowingBytes(Room.Lease held, long most)
{
    private const int First = 16 << 10;

    private byte[] _bytes = [];
    private int _length;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <param name="more">What has come.</param>
    /// <param name="isAll">Whether nothing comes after it: then it is given no more room than it needs.</param>
    /// <exception cref="ProblemException">There is more than may be, or no room for it.</exception>
    public void Append(ReadOnlySequence<byte> more, bool isAll)
    {
        var length = _length + more.Length;
        if (length > most)
            throw new ProblemException(Problem.TooLarge(most));
        if (length > _bytes.Length)
            Grow(isAll ? length : Math.Min(most, Math.Max(length, Math.Max(First, 2L * _bytes.Length))));
        more.CopyTo(_bytes.AsSpan(_length));
        _length = (int)length;
    }

    private void Grow(long size)
    {
        // While it is copied there are both.
        if (!held.TryAdd(size))
            throw new ProblemException(Problem.NoRoom);
        var before = _bytes.Length;
        Array.Resize(ref _bytes, (int)size);
        held.Give(before);
    }
}
