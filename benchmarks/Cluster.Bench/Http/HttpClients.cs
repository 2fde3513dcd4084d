using System.Net.Http.Headers;
using ProverCluster.Bench.Cluster;
using ProverCluster.Client;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Bench.Http;

/// <summary>Ways to have a goal decided over HTTP, and waited for.</summary>
internal sealed class HttpClients(Uri node) : IAsyncDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = node };
    private readonly ProverClient _prover = ProverClient.Connect(node.ToString());
    private readonly ProveOptions _options = new() { Backends = [TimedCatalogue.AtOnce.Value] };
    private int _last;

    /// <summary>One request, answered with the settled goal.</summary>
    public async Task SubmitAndWaitAsync()
    {
        using var content = new StringContent(NextText());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/dimacs");
        using var answer = await _http.PostAsync($"/v1/goals?wait=true&backends={TimedCatalogue.AtOnce}", content);
        var goal = await answer.Content.ReadAsStringAsync();
        if (!goal.Contains("\"verdict\":\"proved\"", StringComparison.Ordinal)) throw new BenchRefusal($"a goal was not proved over HTTP: {(int)answer.StatusCode} {goal}");
    }

    /// <summary>The client library, which hears the whole story.</summary>
    public async Task ProveAsync()
    {
        var result = await _prover.ProveAsync(Goal.FromText(NextText(), GoalLanguage.Dimacs), _options);
        if (result.Verdict != Verdict.Proved) throw new BenchRefusal($"a goal was not proved by the client library: {result.Reason}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _prover.DisposeAsync();
    }

    private string NextText() => $"c {Interlocked.Increment(ref _last)} {Guid.NewGuid():N}\np cnf 1 1\n1 0\n";
}
