namespace ProverCluster.Processes.World;

/// <summary>What a program has said so far, and who waits for it to say something.</summary>
internal sealed class Lines
{
    private readonly List<string> _lines = [];
    private readonly List<DateTime> _times = [];
    private readonly List<(string Words, TaskCompletionSource<string> Said)> _waiting = [];

    public string Text
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>Each with the time of the day at which it was said.</summary>
    public string Timed
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines.Zip(_times, (line, time) => $"{time:HH:mm:ss.fff} {line}"));
        }
    }

    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
        {
            _lines.Add(line);
            _times.Add(DateTime.UtcNow);
            foreach (var (_, said) in _waiting.Where(waiting => line.Contains(waiting.Words, StringComparison.Ordinal)))
                said.TrySetResult(line);
        }
    }

    public int Count
    {
        get
        {
            lock (_lines)
                return _lines.Count;
        }
    }

    /// <summary>The first line that contains these words, as soon as there is one.</summary>
    /// <param name="words">In one line.</param>
    /// <param name="after">How many lines to pass over.</param>
    public Task<string> ContainsAsync(string words, int after = 0)
    {
        lock (_lines)
        {
            if (_lines.Skip(after).FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal)) is { } known)
                return Task.FromResult(known);
            var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((words, said));
            return said.Task;
        }
    }
}
