using System.Globalization;
using ProverCluster.Cli.Racing;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Configuration;
using Spectre.Console;

namespace ProverCluster.Cli.Output;

/// <summary>One line at the foot of the terminal while work takes long: what is done, and who races for what since when.</summary>
internal sealed class ProgressLine : IRaceWatcher, IProgressDisplay, IDisposable
{
    private static readonly TimeSpan FirstShown = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private static readonly ControlCode EraseLine = new("\r\x1b[2K");

    private readonly Lock _lock = new();
    private readonly Func<IAnsiConsole> _open;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Dictionary<string, Race> _races = [];
    private IAnsiConsole? _console;
    private int _done;
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

    public void Started(string name)
    {
        lock (_lock) _races[name] = new Race(_time.GetTimestamp(), []);
    }

    public void Happened(string name, IGoalEvent what)
    {
        lock (_lock)
        {
            if (!_races.TryGetValue(name, out var race)) return;
            if (what is GoalEvents.RunStarted started) race.Running.Add(started.Run.Backend.Value);
            if (what is GoalEvents.RunEnded ended) race.Running.Remove(ended.Row.Run.Backend.Value);
        }
    }

    public void Ended(string name, Verdict verdict)
    {
        lock (_lock)
        {
            _races.Remove(name);
            _done++;
        }
    }

    public void StepAside(Action action)
    {
        lock (_lock)
        {
            Erase();
            action();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            Erase();
            _isOver = true;
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            if (_isOver || _races.Count == 0) return;
            _console ??= _open();
            Erase();
            var text = Text();
            var room = Math.Max(10, _console.Profile.Width - 1);
            _console.Write(new Text(text.Length <= room ? text : text[..(room - 3)] + "..."));
            _isShown = true;
        }
    }

    private void Erase()
    {
        if (_isShown) _console!.Write(EraseLine);
        _isShown = false;
    }

    private string Text()
    {
        var (name, oldest) = _races.MinBy(race => race.Value.Since);
        var since = _time.GetElapsedTime(oldest.Since).TotalSeconds;
        var others = _races.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {_races.Count - 1} more") : "";
        var running = oldest.Running.Count > 0 ? string.Join(", ", oldest.Running) : "waiting";
        return string.Create(CultureInfo.InvariantCulture, $"{_done} done; {since:0.0} s on {Excerpt.Visible(name)} ({running}){others}");
    }

    private sealed record Race(long Since, List<string> Running);
}

/// <summary>Shows nothing, for results that are piped.</summary>
internal sealed class NoProgress : IRaceWatcher, IProgressDisplay
{
    public static readonly NoProgress Instance = new();

    public void Started(string name)
    {
    }

    public void Happened(string name, IGoalEvent what)
    {
    }

    public void Ended(string name, Verdict verdict)
    {
    }

    public void StepAside(Action action) => action();
}
