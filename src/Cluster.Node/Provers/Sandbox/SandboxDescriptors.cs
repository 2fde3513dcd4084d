using ProverCluster.Node.Provers.Launching;
using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Provers.Sandbox;

/// <summary>The descriptors of one sandboxed run, owned until they are taken.</summary>
internal sealed class SandboxDescriptors : IDisposable
{
    private readonly List<int> _ofChild = [DevNull.Descriptor];
    private readonly List<(ProverStream Stream, int Fd)> _output = [];
    private int _status = -1;

    internal ReadOnlySpan<int> OfChild => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_ofChild);

    /// <summary>In the order that <see cref="SandboxCommand"/> counts on.</summary>
    internal static SandboxDescriptors Open(ProverCommand command)
    {
        var descriptors = new SandboxDescriptors();
        try
        {
            descriptors.AddOutput(ProverStream.Stdout);
            descriptors.AddOutput(ProverStream.Stderr);
            (descriptors._status, var status) = Libc.Pipe();
            descriptors._ofChild.Add(status);
            descriptors._ofChild.Add(Libc.MemoryFile("goal", command.Goal.Span));
            if (command.ResultFile is not null)
            {
                descriptors.AddOutput(ProverStream.Result);
            }

            return descriptors;
        }
        catch
        {
            descriptors.Dispose();
            throw;
        }
    }

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
        {
            _ = Libc.Close(_ofChild[1]);
        }
    }

    public void Dispose()
    {
        CloseOfChild();
        TakeOutput().ToList().ForEach(pipe => _ = Libc.Close(pipe.Fd));
        if (_status >= 0)
        {
            _ = Libc.Close(TakeStatus());
        }
    }

    private void AddOutput(ProverStream stream)
    {
        var (read, write) = Libc.Pipe();
        _output.Add((stream, read));
        _ofChild.Add(write);
    }
}
