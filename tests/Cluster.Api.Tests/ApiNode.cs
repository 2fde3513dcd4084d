using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Records;
using ProverCluster.Node;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Records;
using ProverCluster.Node.Texts;

namespace ProverCluster.Api;

/// <summary>A real node that answers over HTTP, with a puppet whose play a goal brings along, and a client of it. Whatever it answers is held against its description.</summary>
internal sealed class ApiNode : IAsyncDisposable
{
    /// <summary>The backend that plays what a goal's text says.</summary>
    public static readonly Entry Puppet = Entry.Plays("puppet", "goal {goal}");

    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(2);

    private readonly List<ApiNode> _others = [];

    private ApiNode(ProverNode node, ApiServer server)
    {
        (Node, Server) = (node, server);
        // Whose certificate it has is not what most specs are about.
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        Client = new HttpClient(new Described(handler)) { BaseAddress = Near(server.Address), Timeout = TooLong };
    }

    public ProverNode Node { get; }

    public ApiServer Server { get; }

    public HttpClient Client { get; }

    /// <summary>A node alone.</summary>
    /// <param name="hocon">Settings of its own.</param>
    /// <param name="place">Where it stands in a cluster; null for a node alone.</param>
    /// <param name="change">What no file may say.</param>
    /// <param name="replace">Other services than the node's own.</param>
    public static Task<ApiNode> StartAsync(
        string hocon = "", ClusterPlace? place = null, Func<NodeSettings, NodeSettings>? change = null, Action<IServiceCollection>? replace = null) =>
        StartAsync(hocon, place, [Puppet], change, replace);

    public static async Task<ApiNode> StartAsync(
        string hocon, ClusterPlace? place, IReadOnlyList<Entry> entries, Func<NodeSettings, NodeSettings>? change = null, Action<IServiceCollection>? replace = null)
    {
        var files = SettingsFiles.LoadShipped()
            .With("entries.conf", string.Concat(entries.Select(entry => entry.Hocon("api"))) + "prover-cluster { }")
            .With("spec.conf", "prover-cluster { slots = 4, http.port = 0, sandbox.mode = off }")
            .With("fast.conf", place is null ? "prover-cluster { }" : FastSettings.Hocon)
            .With("more.conf", "prover-cluster { }\n" + hocon);
        var settings = NodeSettings.Read(files);
        settings = change?.Invoke(settings) ?? settings;
        var node = await ProverNode.StartAsync(settings, BackendCatalogue.Read(files), place, replace, CancellationToken.None);
        return new ApiNode(node, await ApiServer.StartAsync(node, settings, CancellationToken.None));
    }

    /// <summary>The same node, as whoever has that token is served by it; it ends with this one.</summary>
    public ApiNode As(string token)
    {
        var other = new ApiNode(Node, Server);
        other.Client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        _others.Add(other);
        return other;
    }

    /// <summary>A goal that brings the play along by which it is decided.</summary>
    public static string Goal(string play) => $"c play: {play}\nc {Guid.NewGuid():N}\np cnf 1 1\n1 0\n";

    /// <summary>The same as a line of a batch, or as a body in JSON.</summary>
    public static string Json(string play, string? id = null, params (string Name, JsonNode Value)[] options)
    {
        var submission = new JsonObject { ["language"] = "dimacs", ["text"] = Goal(play), ["backends"] = new JsonArray("puppet") };
        if (id is not null)
            submission["id"] = id;
        foreach (var (name, value) in options)
            submission[name] = value;
        return submission.ToJsonString();
    }

    public static string NewId() => $"a{Guid.NewGuid():N}"[..14];

    /// <summary>Submits a goal as raw text.</summary>
    public Task<Answer> PostAsync(string play, string query = "", CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, $"/v1/goals?backends=puppet&{query}", Goal(play), "application/dimacs", cancellation);

    /// <summary>Submits a goal as JSON.</summary>
    public Task<Answer> PostJsonAsync(string json, string query = "", CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, $"/v1/goals?{query}", json, "application/json", cancellation);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string? type = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (type is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return await SendAsync(request, cancellation);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request, CancellationToken cancellation = default)
    {
        using var response = await Client.SendAsync(request, cancellation);
        var (text, type) = (await response.Content.ReadAsStringAsync(cancellation), response.Content.Headers.ContentType?.MediaType);
        if (type == "application/x-ndjson")
            Described.Check(text);
        return new Answer(response.StatusCode, type, text, response.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value)));
    }

    /// <summary>Waits until a goal is settled.</summary>
    public async Task<JsonElement> SettledAsync(string id)
    {
        var seen = default(JsonElement);
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (since.Elapsed < TooLong)
        {
            seen = (await GetAsync($"/v1/goals/{id}")).Json;
            // A record that moves has no answer for a moment.
            if (seen.TryGetProperty("state", out var state) && state.GetString() == "settled")
                return seen;
            await Task.Delay(5);
        }

        throw new TimeoutException($"not settled: {seen}");
    }

    /// <summary>Waits until a prover works on the goal.</summary>
    public static async Task<ProverProcesses> RunsAsync(string id)
    {
        var processes = ProverProcesses.OfGoal(id);
        await Eventually.True(() => processes.Look().Count > 0, $"a prover of {id} lives");
        return processes;
    }

    /// <summary>Calls whichever prover of the goal awaits its call, until that is done: one that is being killed is called in vain.</summary>
    public static async Task<T> CallAsync<T>(string id, Task<T> answered)
    {
        const int sigUsr1 = 10;
        var processes = ProverProcesses.OfGoal(id);
        await Eventually.True(
            () =>
            {
                foreach (var puppet in processes.Look().Where(process => ProverProcesses.Catches(process.Pid, sigUsr1)))
                {
                    using var kill = System.Diagnostics.Process.Start("kill", ["-USR1", $"{puppet.Pid}"]);
                    kill.WaitForExit();
                }

                return answered.IsCompleted;
            },
            $"{id}, whose provers are called, is answered",
            // Who waits for the answer gives up before, and says what was seen last.
            within: 2 * TooLong);
        return await answered;
    }

    /// <summary>It takes a goal, and has it proved.</summary>
    public async Task IsWellAsync() => Assert.Equal("proved", (await PostAsync("say unsat", "wait=true"))["verdict"]);

    /// <summary>Whatever its clients did, no room is taken in the end, no goal open, no text held, and it is well.</summary>
    public async Task HasNothingLeftAsync()
    {
        var (tools, texts) = (Server.Tools, Node.Services.GetRequiredService<TextStore>());
        await Eventually.True(() => (tools.Bodies.Taken, tools.Streams.Taken) == (0, 0), "no room is taken", instead: () => (tools.Bodies.Taken, tools.Streams.Taken));
        foreach (var state in new[] { "open", "decided" })
            await Eventually.True(() => GetAsync($"/v1/goals?state={state}").GetAwaiter().GetResult().Json.GetProperty("goals").GetArrayLength() == 0, $"no goal is {state}");
        await Eventually.True(() => texts.Count == 0, "no text is held", instead: () => texts.Count);
        await IsWellAsync();
    }

    /// <summary>How many records are on this node.</summary>
    public async Task<int> RecordsAsync()
    {
        var state = await Records.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, TooLong);
        return state.Shards.Sum(shard => shard.EntityIds.Count);
    }

    /// <summary>The actor that answers for a goal.</summary>
    public async Task<IActorRef> RecordAsync(string id)
    {
        var found = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        Node.System.ActorOf(Props.Create(() => new Asker(Records, new RecordCommands.Show(GoalId.Parse(id), Caller.Anyone), found)));
        return await found.Task.WaitAsync(TooLong);
    }

    /// <summary>The shard of a record.</summary>
    public IActorRef ParentOf(IActorRef record) => ((ExtendedActorSystem)Node.System).Provider.ResolveActorRef(record.Path.Parent);

    private IActorRef Records => Node.Services.GetRequiredService<IReadOnlyActorRegistry>().Get<GoalRecordActor>();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        foreach (var other in _others)
            other.Client.Dispose();
        await Node.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>All addresses are none that a request could be sent to.</summary>
    private static Uri Near(Uri address) => address.Host == "0.0.0.0" ? new UriBuilder(address) { Host = "127.0.0.1" }.Uri : address;
}

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, string? Type, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json { get; } = Text.StartsWith('{') && !Text.TrimEnd().Contains('\n') ? JsonDocument.Parse(Text).RootElement : default;

    public string? this[string member] => Json.GetProperty(member).ToString();

    public override string ToString() => $"{(int)Status} {Text}";

    /// <summary>The code of a problem, which is what it is in every respect.</summary>
    public string Code
    {
        get
        {
            Assert.Equal("application/problem+json", Type);
            Assert.Equal((int)Status, Json.GetProperty("status").GetInt32());
            Assert.Equal($"urn:prover-cluster:{this["code"]}", this["type"]);
            Assert.NotEqual("", this["title"]);
            Assert.NotEqual("", this["detail"]);
            return this["code"]!;
        }
    }
}

/// <summary>Asks once, and says who has answered.</summary>
internal sealed class Asker : ReceiveActor
{
    public Asker(IActorRef asked, object question, TaskCompletionSource<IActorRef> found)
    {
        ReceiveAny(_ =>
        {
            found.TrySetResult(Sender);
            Context.Stop(Self);
        });
        asked.Tell(question);
    }
}
