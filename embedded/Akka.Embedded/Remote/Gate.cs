using System.Diagnostics;
using Akka.Remote.Transport;

namespace Akka.Remote;

/// <summary>One end of a link, in one direction: lets through what its mode allows, in the order in which it was said.</summary>
internal sealed class Gate
{
    private readonly Lock _lock = new();
    private readonly Queue<(int Size, Action Pass)> _waiting = new();
    private ThrottleMode _mode = Unthrottled.Instance;
    private State _state;

    private enum State
    {
        Idle,
        Passing,
        Resting,
    }

    public bool IsCut { get; private set; }

    public void Set(ThrottleMode mode)
    {
        lock (_lock)
        {
            (_mode, IsCut) = (mode, mode is Blackhole);
            if (IsCut) _waiting.Clear();
        }
        LetThrough(State.Resting);
    }

    public void Enter(int size, Action pass)
    {
        lock (_lock)
        {
            if (IsCut) return;
            _waiting.Enqueue((size, pass));
        }
        LetThrough(State.Idle);
    }

    /// <summary>One at a time does it, and not under the lock: who is passed on to may speak through this gate again.</summary>
    private void LetThrough(State onlyIf)
    {
        lock (_lock)
        {
            if (_state != onlyIf) return;
            _state = State.Passing;
        }
        while (Next() is { } pass) pass();
    }

    private Action Next()
    {
        lock (_lock)
        {
            _state = State.Idle;
            if (_waiting.Count == 0) return null;
            (_mode, var wait) = _mode.Take(Stopwatch.GetElapsedTime(0).Ticks * 100, _waiting.Peek().Size);
            if (wait > TimeSpan.Zero)
            {
                _state = State.Resting;
                Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds))).ContinueWith(_ => LetThrough(State.Resting), TaskScheduler.Default);
                return null;
            }
            _state = State.Passing;
            return _waiting.Dequeue().Pass;
        }
    }
}
