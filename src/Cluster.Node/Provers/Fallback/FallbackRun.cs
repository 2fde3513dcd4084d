using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers.Launching;
using ProverCluster.Node.Provers.Native;
using ProverCluster.Node.Provers.Sampling;

namespace ProverCluster.Node.Provers.Fallback;

/// <summary>
/// A prover without a sandbox: the leader of a session and process group of its own, with a parent-death signal, whose tree is found by the
/// tag that every process of it inherits. See docs/security.md for what this does not stop.
/// </summary>
internal sealed class FallbackRun(ProverLoop loop, FallbackTools tools, ProverCommand command, IProverObserver observer)
    : ProverRun(loop, command, observer)
{
    private RunDescriptors? _descriptors;
    private RunFolder? _folder;
    private Watched? _leader;
    private int _leaderPid;
    private int _status;
    private bool _statusTaken;
    private TimeSpan _leaderCpu;

    internal override void Prepare()
    {
        _folder = RunFolder.Make(tools.Folders, Command);
        _descriptors = new RunDescriptors();
        if (Command.ResultFile is not null)
            _descriptors.AddOutput(ProverStream.Result);
    }

    protected override void Spawn()
    {
        var descriptors = _descriptors!;
        List<string> line = [.. FallbackTools.Before(Tag, Command.FolderBytes), Command.Executable, .. Command.Arguments.Select(_folder!.Fill)];
        _leaderPid = Native.Spawn.Start(
            line[0], line, CleanEnvironment.For(Command, Tag, _folder.Private), descriptors.OfChild, _folder.Private);
        Limit(_leaderPid, Command.FolderBytes);
        try
        {
            descriptors.CloseOfChild();
            Output = new OutputPipes(Loop, Observer, descriptors.TakeOutput());
            _leader = new Watched(Loop, Libc.PidfdOpen(_leaderPid), OnLeaderEnded);
        }
        catch (IOException)
        {
            // Out of descriptors: nobody would watch it.
            Output?.Close();
            new TagSweep(Loop, Tag, Command.Run, 0, static () => { }).Run();
            throw;
        }
    }

    protected override void SendKill()
    {
        // Not waited for yet, so its number, and its group's, are still its own.
        if (_leader is not null)
        {
            _ = Libc.Kill(-_leaderPid, Libc.Sigkill);
            Loop.Post(new TagSweep(Loop, Tag, Command.Run, _leaderPid, static () => { }).Run);
        }
    }

    protected override void AddProcesses(List<int> into) => TagCensus.AddTagged(Tag, into);

    protected override void Release()
    {
        _descriptors?.Dispose();
        _folder?.Dispose();
    }

    private unsafe void OnLeaderEnded()
    {
        lock (Gate)
        {
            _ = Libc.Kill(-_leaderPid, Libc.Sigkill);
            Libc.RUsage usage = default;
            switch (Libc.Wait4(_leaderPid, out _status, Libc.WaitNoHang, &usage))
            {
                case 0:
                    return;
                case < 0:
                    _statusTaken = true;
                    break;
            }

            // Its memory is not asked for: it counts the node's own, which the child shared until it was executed.
            _leaderCpu = usage.Cpu;
            _leader!.Dispose();
            _leader = null;
        }

        var end = HowItEnded();
        if (end is not RunEnd.NeverStarted)
            End();

        TagSweep sweep = null!;
        sweep = new TagSweep(Loop, Tag, Command.Run, 0, () => OnAllGone(end, _leaderCpu + sweep.Cpu));
        sweep.Run();
    }

    private void OnAllGone(RunEnd end, TimeSpan cpu) =>

        // A prover may have filled its folder; other runs do not wait until that is removed.
        Task.Run(() =>
        {
            _folder!.Dispose();
            Loop.Post(() => Finish(end, cpu, null));
        });

    private RunEnd HowItEnded()
    {
        Output!.Drain();
        if (_statusTaken)
            return KillWanted ? new RunEnd.Signalled(Libc.Sigkill) : WaitStatus.Taken;

        return FallbackTools.FailedExec(WaitStatus.ExitCode(_status), Output.FirstWords) is { } reason && WaitStatus.Signal(_status) is null
            ? new RunEnd.NeverStarted(NoStart.Failed, reason)
            : WaitStatus.Decode(_status);
    }
}
