using System.Text;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Provers.Launching;
using ProverCluster.Node.Provers.Sampling;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>A run that remembers what it was told, and lets a spec wait for it.</summary>
internal sealed class Observed : IProverObserver
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(60);

    private readonly StringBuilder[] _text = [new(), new(), new()];
    private readonly List<(string Text, TaskCompletionSource Source)> _awaited = [];
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<(RunEnd, RunUsage)> _reaped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal IProverProcess Process { get; private set; } = null!;

    internal Task Started => _started.Task.WaitAsync(TooLong);

    internal Task Ended => _ended.Task.WaitAsync(TooLong);

    internal Task<(RunEnd End, RunUsage Usage)> Reaped => _reaped.Task.WaitAsync(TooLong);

    internal List<string> Told { get; } = [];

    internal long Bytes { get; private set; }

    /// <summary>Every process of the run there is, as the host numbers them; also those that hide.</summary>
    internal int[] Pids
    {
        get
        {
            List<int> pids = [];
            ProcessTree.AddTagged(((ProverRun)Process).Tag, pids);
            return [.. pids];
        }
    }

    internal static Observed Start(IProverLauncher launcher, ProverCommand command)
    {
        var run = new Observed();
        run.Process = launcher.Start(command, run);
        return run;
    }

    internal string Text(ProverStream stream)
    {
        lock (_text)
            return _text[(int)stream].ToString();
    }

    internal Task Said(string text)
    {
        lock (_text)
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((text, source));
            Notify();
            return source.Task.WaitAsync(TooLong);
        }
    }

    void IProverObserver.Started()
    {
        Told.Add("started");
        _started.TrySetResult();
    }

    void IProverObserver.Printed(ProverStream stream, ReadOnlySpan<byte> bytes)
    {
        lock (_text)
        {
            Bytes += bytes.Length;
            if (_text[(int)stream].Length < 1 << 20)
                _text[(int)stream].Append(Encoding.UTF8.GetString(bytes));

            Notify();
        }
    }

    void IProverObserver.Drained()
    {
    }

    void IProverObserver.Ended()
    {
        Told.Add("ended");
        _ended.TrySetResult();
    }

    void IProverObserver.Reaped(RunEnd end, RunUsage usage)
    {
        Told.Add("reaped");
        _reaped.TrySetResult((end, usage));
    }

    private void Notify()
    {
        foreach (var (text, source) in _awaited)
        {
            if (_text.Any(said => said.ToString().Contains(text)))
                source.TrySetResult();
        }
    }
}
