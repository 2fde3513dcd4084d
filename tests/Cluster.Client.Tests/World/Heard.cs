using System.Threading.Channels;

namespace ProverCluster.Client.Tests.World;

/// <summary>Hears a race, event by event.</summary>
internal sealed class Heard : IProgress<RaceEvent>
{
    private readonly Channel<RaceEvent> _events = Channel.CreateUnbounded<RaceEvent>();

    public void Report(RaceEvent value) => _events.Writer.TryWrite(value);

    /// <summary>Waits for the next event, which is to be this.</summary>
    public async Task<T> NextAsync<T>()
        where T : RaceEvent =>
        Assert.IsType<T>(await _events.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60)));

    /// <summary>The names of all events that were not waited for.</summary>
    public string Rest()
    {
        var names = new List<string>();
        while (_events.Reader.TryRead(out var what)) names.Add(what.GetType().Name);
        return string.Join(' ', names);
    }
}
