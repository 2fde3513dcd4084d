namespace ProverCluster.Processes.World;

/// <summary>What a program has said so far, and who waits for it to say something.</summary>
internal sealed class Lines
{
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> IsIt, TaskCompletionSource<string> Said)> _waiting = [];

    public string Text
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    public void Add(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
        {
            _lines.Add(line);
            foreach (var (_, said) in _waiting.Where(waiting => waiting.IsIt(line)))
                said.TrySetResult(line);
        }
    }

    /// <summary>The first line that contains these words, as soon as there is one.</summary>
    public Task<string> ContainsAsync(string words) => FirstAsync(line => line.Contains(words, StringComparison.Ordinal));

    private Task<string> FirstAsync(Func<string, bool> isIt)
    {
        lock (_lines)
        {
            if (_lines.Find(line => isIt(line)) is { } known)
                return Task.FromResult(known);
            var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((isIt, said));
            return said.Task;
        }
    }
}
