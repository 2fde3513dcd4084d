using System.Net.Sockets;
using ProverCluster.Client;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Processes.World;

/// <summary>Clients that want goals decided all the time, at one address behind which are whatever pods serve then.</summary>
internal sealed class ServiceLoad : IAsyncDisposable
{
    private readonly Pods _pods;
    private readonly ProverClient _client;
    private readonly List<ProveResult> _results = [];
    private readonly List<(int Count, TaskCompletionSource Enough)> _waiting = [];
    private readonly Task _all;
    private int _begun;
    private volatile bool _isOver;

    private ServiceLoad(Pods pods, int inFlight)
    {
        _pods = pods;
        _client = ProverClient.Connect(new ProverClientOptions { Endpoints = ["http://prover-cluster:8081"], Token = Pods.Token, Handler = new SocketsHttpHandler { ConnectCallback = ConnectAsync } });
        _all = Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => OneAfterTheOtherAsync()));
    }

    public static ServiceLoad Start(Pods pods, Form form) => new(pods, form.InFlight);

    /// <summary>Waits until so many more goals are settled.</summary>
    public async Task MoreAsync(int count)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_results)
            _waiting.Add((_results.Count + count, enough));
        await Patience.ForAsync(Task.WhenAny(enough.Task, _all).Unwrap(), $"{count} more settled goals", () => $"{_results.Count} of {_begun} goals are settled\n{_pods.Told()}");
    }

    /// <summary>No more goals; each that was begun has its one right answer. How many.</summary>
    public async Task<int> EndAsync()
    {
        _isOver = true;
        await Patience.ForAsync(_all, "the last goals", () => $"{_results.Count} of {_begun} goals are settled\n{_pods.Told()}");
        Assert.Equal(_begun, _results.DistinctBy(result => result.Id).Count());
        return _begun;
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await _client.DisposeAsync();
    }

    private async Task OneAfterTheOtherAsync()
    {
        while (!_isOver)
        {
            var number = Interlocked.Increment(ref _begun);
            var (word, expected) = number % 3 == 0 ? ("sat", Verdict.Refuted) : ("unsat", Verdict.Proved);
            var goal = Goal.FromText($"c play: sleep 0.5 say {word}\nc {number} {Guid.NewGuid():N}\np cnf 1 1\n1 0\n", GoalLanguage.Dimacs) with { Name = $"goal-{number}" };
            var result = await _client.ProveAsync(goal, new() { Backends = [Played.Player, Played.Sleeper], Timeout = TimeSpan.FromMinutes(10) });
            Assert.True(result.Verdict == expected, $"{result.Name} is {result.Verdict} ({result.Reason}), not {expected}: {string.Join("; ", result.Runs)}\n{_pods.Told()}");
            lock (_results)
            {
                _results.Add(result);
                foreach (var (_, enough) in _waiting.Where(waiting => waiting.Count <= _results.Count))
                    enough.TrySetResult();
            }
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var serving = _pods.Serving;
        if (serving.Count == 0)
            throw new IOException("no pod serves");
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(serving[Random.Shared.Next(serving.Count)], context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
