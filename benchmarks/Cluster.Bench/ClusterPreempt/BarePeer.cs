using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using ProverCluster.Bench.Measuring;

namespace ProverCluster.Bench.ClusterPreempt;

/// <summary>The peer: two <see cref="BareHop"/>s, one behind the other.</summary>
internal sealed class BarePeer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly SelfProcess _coordinator;
    private readonly SelfProcess _node;
    private readonly TcpClient _winner;
    private readonly TimeSpan _tick;

    private BarePeer(SelfProcess coordinator, SelfProcess node, TcpClient winner, TimeSpan tick) => (_coordinator, _node, _winner, _tick) = (coordinator, node, winner, tick);

    public static async Task<BarePeer> StartAsync(TimeSpan tick)
    {
        var pace = FormattableString.Invariant($"{tick.TotalMilliseconds}");
        var node = await SelfProcess.StartAsync(BareHop.Word, pace);
        SelfProcess? coordinator = null;
        try
        {
            coordinator = await SelfProcess.StartAsync(BareHop.Word, pace, node.Name);
            return new BarePeer(coordinator, node, BareHop.Connect(int.Parse(coordinator.Name, CultureInfo.InvariantCulture)), tick);
        }
        catch
        {
            if (coordinator is not null) await coordinator.DisposeAsync();
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>From here over two hops to the next tick there, in milliseconds.</summary>
    public async Task<double> MeasureAsync()
    {
        // At any time between two ticks, whenever the race before has ended.
        await Task.Delay(_tick * (1 + Random.Shared.NextDouble()));
        var sent = Stopwatch.GetTimestamp();
        _winner.GetStream().WriteByte(1);
        var line = await _node.Output.ReadLineAsync().WaitAsync(s_patience) ?? throw new BenchRefusal("the peer has ended");
        return Stopwatch.GetElapsedTime(sent, long.Parse(line, CultureInfo.InvariantCulture)).TotalMilliseconds;
    }

    public async ValueTask DisposeAsync()
    {
        _winner.Dispose();
        await _coordinator.DisposeAsync();
        await _node.DisposeAsync();
    }
}
