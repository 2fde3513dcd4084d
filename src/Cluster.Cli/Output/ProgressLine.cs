using System.Globalization;
using ProverCluster.Cli.Racing;
using ProverCluster.Client;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;
using Spectre.Console;

namespace ProverCluster.Cli.Output;

/// <summary>
/// One line at the foot of the terminal while work takes long: what is done, and who races for what since when. What it knows and the terminal
/// have a lock each: a terminal that somebody has stopped (Ctrl+S) holds up whoever writes to it, and not the actors that tell what happens.
/// </summary>
internal sealed class ProgressLine : IRaceWatcher, IProgressDisplay, IDisposable
{
    private static readonly TimeSpan FirstShown = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly ControlCode EraseLine = new("\r\x1b[2K");

    private readonly Lock _knowing = new();
    private readonly Dictionary<GoalId, Race> _races = [];
    private int _done;

    private readonly Lock _writing = new();
    private readonly Func<IAnsiConsole> _open;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private IAnsiConsole? _console;
    private bool _isShown;
    private bool _isOver;

    /// <param name="open">The terminal; asked only when there is something to show.</param>
    /// <param name="time">The clock.</param>
    public ProgressLine(Func<IAnsiConsole> open, TimeProvider time)
    {
        _open = open;
        _time = time;
        _timer = time.CreateTimer(_ => Show(), null, FirstShown, Pace);
    }

    public void Started(GoalId race, string name)
    {
        lock (_knowing) _races[race] = new Race(name, _time.GetTimestamp(), []);
    }

    public void Happened(GoalId race, RaceEvent what)
    {
        lock (_knowing)
        {
            if (!_races.TryGetValue(race, out var known)) return;
            if (what is RaceEvent.RunStarted started) known.Running.Add(started.Run.Backend.Value);
            if (what is RaceEvent.RunEnded ended) known.Running.Remove(ended.Row.Run.Backend.Value);
        }
    }

    public void Ended(GoalId race, Verdict verdict)
    {
        lock (_knowing)
        {
            _races.Remove(race);
            _done++;
        }
    }

    public void StepAside(Action action)
    {
        lock (_writing)
        {
            Erase();
            action();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_writing)
        {
            Erase();
            _isOver = true;
        }
    }

    private void Show()
    {
        // Whoever has the terminal shows something better, or waits for somebody: the next time will do.
        if (!_writing.TryEnter()) return;
        try
        {
            if (_isOver || Text() is not { } text) return;
            _console ??= _open();
            Erase();
            var room = Math.Max(10, _console.Profile.Width - 1);
            _console.Write(new Text(text.Length <= room ? text : text[..(room - 3)] + "..."));
            _isShown = true;
        }
        finally
        {
            _writing.Exit();
        }
    }

    private void Erase()
    {
        if (_isShown) _console!.Write(EraseLine);
        _isShown = false;
    }

    /// <summary>What there is to show, or null.</summary>
    private string? Text()
    {
        lock (_knowing)
        {
            if (_races.Count == 0) return null;
            var oldest = _races.Values.MinBy(race => race.Since)!;
            var since = _time.GetElapsedTime(oldest.Since).TotalSeconds;
            var others = _races.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {_races.Count - 1} more") : "";
            var running = oldest.Running.Count > 0 ? string.Join(", ", oldest.Running) : "waiting";
            return string.Create(CultureInfo.InvariantCulture, $"{_done} done; {since:0.0} s on {Excerpt.Visible(oldest.Name)} ({running}){others}");
        }
    }

    private sealed record Race(string Name, long Since, List<string> Running);
}

/// <summary>Shows nothing, for results that are piped.</summary>
internal sealed class NoProgress : IRaceWatcher, IProgressDisplay
{
    public static readonly NoProgress Instance = new();

    public void Started(GoalId race, string name)
    {
    }

    public void Happened(GoalId race, RaceEvent what)
    {
    }

    public void Ended(GoalId race, Verdict verdict)
    {
    }

    public void StepAside(Action action) => action();
}
