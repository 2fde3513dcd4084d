using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
using ProverCluster.Messages.Ids;
using ProverCluster.Node;

namespace ProverCluster.Bench.Overhead;

/// <summary>
/// Traces as a node sends them, by OTLP, to a collector in this process that reads them and keeps nothing. Traces are of the process: they are recorded only while it is the
/// turn of one that is watched. They are sent between turns, many at once, and what that took is shared by the races that they are of: it would else fall on whoever is next.
/// </summary>
internal sealed class TraceExport : IDisposable
{
    /// <summary>As many as make a batch of the exporter's, which has 512 spans, and a race of two about nine.</summary>
    private const int RacesAtOnce = 50;

    private const int Never = int.MaxValue;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpListener _collector = new();
    private readonly TracerProvider _provider;
    private readonly Roots _roots = new();
    private volatile bool _isOn;
    private int _kept;
    private int _sent;
    private double _sendingMs;
    private long _bytes;

    public TraceExport()
    {
        var address = Listen();
        _ = CollectAsync();
        var exporter = new OtlpTraceExporter(new OtlpExporterOptions { Endpoint = new Uri(address, "v1/traces"), Protocol = OtlpExportProtocol.HttpProtobuf });
        _provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(ProverNode.Instrumentation)
            .SetSampler(new Turns(this))
            .AddProcessor(_roots)
            .AddProcessor(new BatchActivityExportProcessor(exporter, maxQueueSize: 4096, scheduledDelayMilliseconds: Never))
            .Build();
    }

    /// <summary>Milliseconds of sending, for each race.</summary>
    public double MsARace => _sendingMs / _sent;

    /// <summary>Of a trace, on the wire.</summary>
    public double BytesARace => (double)Interlocked.Read(ref _bytes) / _sent;

    /// <summary>Traces are recorded from now on.</summary>
    public void BeginTurn() => _isOn = true;

    /// <summary>When the goal's trace was told.</summary>
    public Task<long> ToldAsync(GoalId goal) => _roots.OfAsync(goal).WaitAsync(Patience);

    public void EndTurn()
    {
        _isOn = false;
        if (++_kept >= RacesAtOnce) Send();
    }

    /// <summary>Nothing is told after that.</summary>
    public void SendRest()
    {
        if (_kept > 0) Send();
    }

    private void Send()
    {
        var (before, began) = (Interlocked.Read(ref _bytes), Stopwatch.GetTimestamp());
        if (!_provider.ForceFlush() || Interlocked.Read(ref _bytes) == before)
            throw new BenchRefusal("traces could not be sent");
        _sendingMs += Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        (_sent, _kept) = (_sent + _kept, 0);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _collector.Close();
    }

    private Uri Listen()
    {
        // Which port is free it does not find out by itself.
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        _collector.Prefixes.Add(address.ToString());
        _collector.Start();
        return address;
    }

    private async Task CollectAsync()
    {
        var buffer = new byte[1 << 16];
        while (_collector.IsListening)
        {
            HttpListenerContext request;
            try
            {
                request = await _collector.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                for (int read; (read = await request.Request.InputStream.ReadAsync(buffer)) > 0;)
                    Interlocked.Add(ref _bytes, read);
                request.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // Whoever sends finds that nothing has come.
            }
        }
    }

    private sealed class Turns(TraceExport export) : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters parameters) => new(export._isOn ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
    }

    /// <summary>A trace is told as a whole, and its root ends last.</summary>
    private sealed class Roots : BaseProcessor<Activity>
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _told = [];

        public async Task<long> OfAsync(GoalId goal)
        {
            var at = await Of(goal.Value).Task;
            _told.TryRemove(goal.Value, out _);
            return at;
        }

        public override void OnEnd(Activity data)
        {
            if (data.GetTagItem("prover_cluster.goal.id") is string goal)
                Of(goal).TrySetResult(Stopwatch.GetTimestamp());
        }

        private TaskCompletionSource<long> Of(string goal) => _told.GetOrAdd(goal, _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
