using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace ProverCluster.Processes.World;

/// <summary>Goals that are submitted to a node and not waited for, over HTTP: which of them were acknowledged, and what is said of them since.</summary>
internal sealed class KeptGoals(HttpClient http)
{
    private readonly ConcurrentDictionary<string, string> _acknowledged = [];
    private readonly ConcurrentDictionary<string, string> _settled = [];
    private int _last;

    public int Acknowledged => _acknowledged.Count;

    public int Settled => _settled.Count;

    /// <summary>Submits one; it may or may not have been accepted when this fails.</summary>
    public async Task SubmitAsync(Uri node, double seconds)
    {
        var number = Interlocked.Increment(ref _last);
        var (word, verdict) = number % 3 == 0 ? ("sat", "refuted") : ("unsat", "proved");
        var id = $"k{Guid.NewGuid():N}";
        // One in four shares its text with others, which is stored once, and raced once as long as the cache has its verdict.
        var own = number % 4 == 0 ? "" : $"c {id}\n";
        var text = string.Create(CultureInfo.InvariantCulture, $"c play: sleep {seconds:0.00} say {word}\n{own}p cnf 1 1\n1 0\n");
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(text));
        content.Headers.ContentType = new("application/dimacs");
        using var answer = await http.PostAsync(new Uri(node, $"/v1/goals?id={id}&backends={Played.Player}&timeout=20m"), content);
        if (answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK)
            _acknowledged[id] = verdict;
    }

    /// <summary>How many goals the node has at work, as its list says.</summary>
    public static async Task<int> OpenAsync(HttpClient http, Uri node)
    {
        using var listed = JsonDocument.Parse(await http.GetStringAsync(new Uri(node, "/v1/goals?state=open&limit=1000")));
        return listed.RootElement.GetProperty("goals").GetArrayLength();
    }

    /// <summary>Looks at every goal that was acknowledged: it is known, its verdict is right once it has one, and is what it was.</summary>
    /// <param name="node">Where to look.</param>
    /// <param name="alsoAtOpen">Whether also at those that were not seen settled before: whoever asks for such a goal brings it back by that.</param>
    /// <returns>How many are not settled.</returns>
    public async Task<int> LookAsync(Uri node, bool alsoAtOpen)
    {
        var open = 0;
        foreach (var (id, expected) in _acknowledged)
        {
            if (!alsoAtOpen && !_settled.ContainsKey(id))
                continue;
            using var answer = await http.GetAsync(new Uri(node, $"/v1/goals/{id}"));
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{id} was acknowledged, and now: {answer.StatusCode} {text}");
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.GetProperty("state").GetString() != "settled")
            {
                open++;
                Assert.False(_settled.ContainsKey(id), $"{id} was settled, and now: {text}");
                continue;
            }

            Assert.True(json.RootElement.GetProperty("verdict").GetString() == expected, $"{id} is not {expected}: {text}");
            Assert.Equal(_settled.GetOrAdd(id, text), text);
        }

        return open;
    }
}
