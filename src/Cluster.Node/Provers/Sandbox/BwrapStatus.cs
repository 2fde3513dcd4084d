using System.Buffers.Text;
using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Sandbox;

/// <summary>
/// Reads what bubblewrap writes to <c>--json-status-fd</c>: one object with the pid of the namespace's init as soon as it is made,
/// and one with the prover's exit code when it ends. The second is missing if the prover was never executed. No prover can
/// write here: bubblewrap closes the descriptor before.
/// </summary>
internal sealed unsafe class BwrapStatus
{
    private readonly byte[] _text = new byte[1024];
    private int _length;

    internal int? InitPid => Number("\"child-pid\": "u8);

    internal int? ExitCode => Number("\"exit-code\": "u8);

    /// <summary>Reads what is there.</summary>
    /// <returns>False at the end.</returns>
    internal bool ReadFrom(int fd)
    {
        fixed (byte* start = _text)
        {
            while (_length < _text.Length)
            {
                var read = Libc.Read(fd, start + _length, (nuint)(_text.Length - _length));
                if (read <= 0)
                    return read != 0;

                _length += (int)read;
            }
        }

        return false;
    }

    private int? Number(ReadOnlySpan<byte> key)
    {
        var text = _text.AsSpan(0, _length);
        var at = text.IndexOf(key);

        // A number is whole once something follows it.
        return at >= 0 && Utf8Parser.TryParse(text[(at + key.Length)..], out int number, out var length) && at + key.Length + length < _length
            ? number
            : null;
    }
}
