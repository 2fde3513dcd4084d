using System.Runtime.InteropServices;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers.Launching;
using ProverCluster.Node.Provers.Native;
using ProverCluster.Node.Provers.Sampling;

namespace ProverCluster.Node.Provers.Sandbox;

/// <summary>
/// A prover in bubblewrap. There are two processes of bubblewrap's: the outer one, our child, which tells the prover's exit code; and
/// the init of the prover's pid namespace. When the init dies the kernel kills the whole namespace, and the init is not gone
/// before everything in it is. It becomes our child when the outer one has ended, so waiting for it tells what the run used.
/// </summary>
internal sealed class SandboxRun(ProverLoop loop, string bwrap, ProverCommand command, IProverObserver observer)
    : ProverRun(loop, command, observer)
{
    /// <summary>Bubblewrap tells its init within a millisecond or two; a disk that hangs may keep it from that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly BwrapStatus _status = new();
    private RunDescriptors? _descriptors;
    private Watched? _statusPipe;
    private Watched? _outer;
    private Watched? _init;
    private int _outerPid;
    private int _initPid;
    private int _outerStatus;
    private bool _statusTaken;
    private bool _adopted;

    internal override void Prepare()
    {
        // In the order of the numbers that SandboxCommand names.
        _descriptors = new RunDescriptors();
        _descriptors.AddStatus();
        _descriptors.AddInput(Command.Goal);
        _descriptors.AddGate();
        if (Command.ResultFile is not null)
            _descriptors.AddOutput(ProverStream.Result);
    }

    protected override void Spawn()
    {
        var descriptors = _descriptors!;
        _outerPid = Native.Spawn.Start(
            bwrap, SandboxCommand.For(Command), CleanEnvironment.For(Command, Tag, SandboxCommand.PrivateFolder), descriptors.OfChild);
        Limit(_outerPid);
        try
        {
            descriptors.CloseOfChild();
            Output = new OutputPipes(Loop, Observer, descriptors.TakeOutput());
            _statusPipe = new Watched(Loop, descriptors.TakeStatus(), ReadStatus);
            _outer = new Watched(Loop, Libc.PidfdOpen(_outerPid), OnOuterEnded);
        }
        catch (IOException)
        {
            // Out of descriptors: nobody would watch it.
            _statusPipe?.Dispose();
            Output?.Close();
            new TagSweep(Loop, Tag, Command.Run, 0, static () => { }).Run();
            throw;
        }
    }

    protected override void SendKill()
    {
        if (_adopted || _initPid > 0)
        {
            // The outer one first: then the init becomes our child, and tells its account to us.
            _outer?.Signal(Libc.Sigkill);
            _init?.Signal(Libc.Sigkill);
        }
        else if (_outer is not null)
        {
            // Killed now, the outer one would leave an init behind that waits for it forever. No prover runs yet: wait for its pid.
            Loop.Post(() => Loop.After(Patience, KillUnknown));
        }
    }

    protected override void AddProcesses(List<int> into)
    {
        if (_init is not null)
            ProcessTree.AddDescendants(_initPid, Tag, into);
    }

    protected override void Release() => _descriptors?.Dispose();

    private void ReadStatus()
    {
        var more = _status.ReadFrom(_statusPipe!.Fd);
        if (_initPid == 0 && _status.InitPid is { } pid)
            Adopt(pid);

        if (_status.ExitCode is not null)
            End();

        if (!more)
            _statusPipe.Dispose();
    }

    private void Adopt(int pid)
    {
        lock (Gate)
        {
            _initPid = pid;
            var fd = Libc.PidfdOpen(pid);
            if (fd < 0)
            {
                // Gone already; or out of descriptors, and what cannot be watched must not run.
                if (Marshal.GetLastPInvokeError() != Libc.Esrch)
                    _outer?.Signal(Libc.Sigkill);
            }
            else if (ProcStat.Of(pid) is { } stat && (stat.Parent == _outerPid || stat.Parent == Environment.ProcessId))
            {
                _init = new Watched(Loop, fd, OnInitGone);
                _adopted = true;
                Limit(pid);
                TaskLimit.Put(pid);
                _descriptors!.OpenGate();
                if (KillWanted)
                    SendKill();
            }
            else
            {
                // Gone already, and its number given to a stranger.
                _ = Libc.Close(fd);
            }
        }
    }

    private unsafe void OnOuterEnded()
    {
        if (_statusPipe!.Fd >= 0)
            ReadStatus();

        switch (Libc.Wait4(_outerPid, out _outerStatus, Libc.WaitNoHang, null))
        {
            case 0:
                return;
            case < 0:
                _statusTaken = true;
                break;
        }

        Drop(ref _outer);
        if (!_adopted)
            new TagSweep(Loop, Tag, Command.Run, 0, FinishIfGone).Run();
        else
            FinishIfGone();
    }

    private void OnInitGone()
    {
        Drop(ref _init);
        FinishIfGone();
    }

    private unsafe void FinishIfGone()
    {
        if (_outer is not null || _init is not null)
            return;

        _statusPipe!.Dispose();
        Libc.RUsage usage = default;
        var told = _initPid > 0 && Libc.Wait4(_initPid, out _, Libc.WaitNoHang, &usage) == _initPid;
        Finish(HowItEnded(), told ? usage.Cpu : TimeSpan.Zero, told ? usage.MaxRssKib * 1024 : null);
    }

    private RunEnd HowItEnded()
    {
        if (_status.ExitCode is { } code)
            return EndCode.Decode(code);

        return KillWanted ? new RunEnd.Signalled(Libc.Sigkill)
            : _statusTaken ? WaitStatus.Taken
            : WaitStatus.Signal(_outerStatus) is { } signal ? new RunEnd.Signalled(signal)
            : new RunEnd.NeverStarted(NoStart.Failed, Output!.FirstWords is { Length: > 0 } words ? words : "bubblewrap failed without a word");
    }

    private void KillUnknown()
    {
        lock (Gate)
        {
            if (_initPid == 0)
                _outer?.Signal(Libc.Sigkill);
        }
    }

    private void Drop(ref Watched? watched)
    {
        lock (Gate)
        {
            watched?.Dispose();
            watched = null;
        }
    }
}
