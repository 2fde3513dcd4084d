using System.Diagnostics;
using System.Net;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;
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
    /// <returns>Done when the next trace is told, with the time then.</returns>
    public Task<long> BeginTurn()
    {
        _isOn = true;
        return _roots.NextAsync();
    }

    public void EndTurn()
    {
        _isOn = false;
        if (++_kept < RacesAtOnce)
            return;
        var began = Stopwatch.GetTimestamp();
        if (!_provider.ForceFlush())
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

            for (int read; (read = await request.Request.InputStream.ReadAsync(buffer)) > 0;)
                Interlocked.Add(ref _bytes, read);
            request.Response.Close();
        }
    }

    private sealed class Turns(TraceExport export) : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters parameters) => new(export._isOn ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
    }

    /// <summary>A trace is told as a whole, and its root ends last.</summary>
    private sealed class Roots : BaseProcessor<Activity>
    {
        private volatile TaskCompletionSource<long>? _next;

        public Task<long> NextAsync()
        {
            var next = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _next = next;
            return next.Task;
        }

        public override void OnEnd(Activity data)
        {
            if (data.ParentSpanId == default)
                _next?.TrySetResult(Stopwatch.GetTimestamp());
        }
    }
}
