using System.Runtime.InteropServices;
using System.Text;

namespace ProverCluster.Node.Provers.Native;

/// <summary>A null-ended list of C strings, as <c>argv</c> and <c>envp</c> are.</summary>
internal sealed unsafe class CStrings : IDisposable
{
    private readonly byte* _block;

    internal CStrings(IReadOnlyList<string> strings)
    {
        var pointers = (strings.Count + 1) * sizeof(byte*);
        var bytes = pointers;
        foreach (var text in strings)
        {
            // It would be cut there, and a prover would run with other arguments than asked for.
            if (text.Contains('\0'))
                throw new ArgumentException("an argument contains a null character");

            bytes += Encoding.UTF8.GetByteCount(text) + 1;
        }

        _block = (byte*)NativeMemory.Alloc((nuint)bytes);
        var next = _block + pointers;
        for (var i = 0; i < strings.Count; i++)
        {
            Pointers[i] = next;
            next += Encoding.UTF8.GetBytes(strings[i], new Span<byte>(next, (int)(_block + bytes - next)));
            *next++ = 0;
        }

        Pointers[strings.Count] = null;
    }

    internal byte** Pointers => (byte**)_block;

    public void Dispose() => NativeMemory.Free(_block);
}
