using System.Runtime.InteropServices;
using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Launching;

/// <summary>The descriptors that one run needs, in the order in which its child gets them; owned until they are taken.</summary>
internal sealed class RunDescriptors : IDisposable
{
    private readonly List<int> _ofChild = [];
    private readonly List<(ProverStream Stream, int Fd)> _output = [];
    private int _status = -1;
    private int _gate = -1;

    /// <summary>Standard input, output and error.</summary>
    internal RunDescriptors() => Fill(() =>
    {
        _ofChild.Add(DevNull.Descriptor);
        AddOutput(ProverStream.Stdout);
        AddOutput(ProverStream.Stderr);
    });

    internal ReadOnlySpan<int> OfChild => CollectionsMarshal.AsSpan(_ofChild);

    internal void AddOutput(ProverStream stream) => Fill(() =>
    {
        var (read, write) = Libc.Pipe();
        _output.Add((stream, read));
        _ofChild.Add(write);
    });

    internal void AddStatus() => Fill(() =>
    {
        (_status, var write) = Libc.Pipe();
        _ofChild.Add(write);
    });

    /// <summary>A pipe at whose end the child waits until it is opened.</summary>
    internal void AddGate() => Fill(() =>
    {
        (var read, _gate) = Libc.Pipe();
        Libc.MakeBlocking(read);
        _ofChild.Add(read);
    });

    /// <summary>Lets the child go on; so does whatever closes the gate, and the end of this process.</summary>
    internal void OpenGate()
    {
        if (_gate >= 0)
        {
            _ = Libc.Close(_gate);
            _gate = -1;
        }
    }

    internal void AddInput(ReadOnlyMemory<byte> bytes) => Fill(() => _ofChild.Add(Libc.MemoryFile("goal", bytes.Span)));

    internal (ProverStream Stream, int Fd)[] TakeOutput()
    {
        var taken = _output.ToArray();
        _output.Clear();
        return taken;
    }

    internal int TakeStatus()
    {
        var taken = _status;
        _status = -1;
        return taken;
    }

    internal void CloseOfChild()
    {
        // The first is /dev/null, which all runs share.
        for (; _ofChild.Count > 1; _ofChild.RemoveAt(1))
            _ = Libc.Close(_ofChild[1]);
    }

    public void Dispose()
    {
        CloseOfChild();
        OpenGate();
        foreach (var (_, fd) in TakeOutput())
            _ = Libc.Close(fd);

        if (TakeStatus() is var status and >= 0)
            _ = Libc.Close(status);
    }

    private void Fill(Action add)
    {
        try
        {
            add();
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
