using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace ProverCluster.Processes.World;

/// <summary>
/// Nodes as the pods of deploy/k8s: each with the words and files of its StatefulSet, in a network namespace, at an address that it has never had before, found by its name
/// alone. The names are in one file, which every pod has as its /etc/hosts: as soon as a pod is there, as the headless service has them.
/// </summary>
internal sealed class Pods : IAsyncDisposable
{
    /// <summary>Whom the nodes let in.</summary>
    public const string Token = "a-token-of-the-specs-of-pods";

    private const int LineLength = 128;

    private readonly Form _form;
    private readonly Manifests _manifests;
    private readonly Undertaker _undertaker = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;
    private readonly Links _links;
    private readonly List<NodeProcess> _started = [];
    private readonly Dictionary<string, Pod> _living = [];

    private Pods(Form form, Manifests manifests)
    {
        (_form, _manifests, _links) = (form, manifests, Links.Make(_undertaker));
        File.WriteAllText(Hosts, "127.0.0.1 localhost\n");
    }

    private string Hosts => Path.Combine(_folder, "hosts");

    private string Etc => Path.Combine(_folder, "etc");

    public static async Task WithAsync(Form form, Func<Pods, Task> test)
    {
        await using var pods = new Pods(form, await Manifests.OfAsync("base"));
        await test(pods);
    }

    /// <summary>Those that take requests now, as the service for clients knows them.</summary>
    public IReadOnlyList<IPAddress> Serving
    {
        get
        {
            lock (_living)
                return [.. _living.Values.Where(pod => pod is { IsServing: true, Set: "coordinator" }).Select(pod => pod.Address)];
        }
    }

    /// <summary>Starts a pod; returns when it is ready, by the probe of its StatefulSet.</summary>
    public async Task<Pod> StartAsync(string set, int ordinal)
    {
        var template = _manifests.Pods.Single(each => each.Name == set);
        var name = $"{set}-{ordinal}";
        var root = Path.Combine(Etc, $"{name}-{Guid.NewGuid():N}");
        template.Write(root);
        Directory.CreateDirectory(Path.Combine(root, "tokens"));
        await File.WriteAllTextAsync(
            Path.Combine(root, "tokens/tokens.conf"), $"tokens {{ spec {{ sha256 = \"{Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Token)))}\", roles = [admin] }} }}");

        var link = _links.Next(null);
        Say($"{name}.{template.Environment(name)["DOMAIN"]}", link.Host);
        // Where each process has the mounts of its own namespace.
        string[] prefix = [.. link.Prefix, "/bin/sh", "-c", "/bin/mount --bind \"$0\" /etc/hosts && exec \"$@\"", Hosts];
        NodeProcess node;
        try
        {
            node = await NodeProcess.StartAsync(_form, _undertaker, _folder, prefix, template.Arguments(name, root));
        }
        catch (Exception e)
        {
            // What the others say tells why.
            throw new InvalidOperationException($"{name}: {e.Message}\n\n{Told()}", e);
        }

        var pod = new Pod(set, name, IPAddress.Parse(link.Host), node);
        lock (_living)
        {
            _started.Add(node);
            _living[name] = pod;
        }

        await ReadyAsync(pod, template);
        pod.IsServing = true;
        return pod;
    }

    /// <summary>Ends a pod and starts it anew, elsewhere.</summary>
    /// <param name="name">Which.</param>
    /// <param name="signal">Terminated as Kubernetes does, or killed with its machine.</param>
    public async Task<Pod> ReplaceAsync(string name, PosixSignals signal)
    {
        var old = this[name];
        await EndAsync(old, signal);
        return await StartAsync(old.Set, int.Parse(name[(name.LastIndexOf('-') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    public async Task EndAsync(Pod pod, PosixSignals signal)
    {
        // Nobody is led there any more from the moment on in which it is to end.
        pod.IsServing = false;
        pod.Node.Signal(signal);
        var code = await pod.Node.ExitAsync();
        Assert.True(signal == PosixSignals.Kill || code == 0, $"{pod.Name} left with {code}: {pod.Node.Said}");
        await pod.Node.NoProverLivesAsync();
        lock (_living)
            _living.Remove(pod.Name);
    }

    public Pod this[string name]
    {
        get
        {
            lock (_living)
                return _living[name];
        }
    }

    /// <summary>What every pod has said, for a test that fails.</summary>
    public string Told()
    {
        lock (_living)
            return string.Join("\n\n", _started.Select(node => node.Story));
    }

    public async ValueTask DisposeAsync()
    {
        await _undertaker.DisposeAsync();
        _started.ForEach(node => node.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>In place, since a mount shows the file that it was made of; each line is as long as any other, so that whoever reads finds all of them, the old or the new.</summary>
    private void Say(string name, string address)
    {
        lock (_living)
        {
            var lines = File.ReadAllLines(Hosts).Where(line => !line.Contains($" {name}", StringComparison.Ordinal)).ToList();
            var at = File.ReadAllLines(Hosts).ToList().FindIndex(line => line.Contains($" {name}", StringComparison.Ordinal));
            lines.Insert(at < 0 ? lines.Count : at, $"{address} {name}".PadRight(LineLength));
            using var file = new FileStream(Hosts, FileMode.Open, FileAccess.Write);
            file.Write(Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n"));
        }
    }

    private async Task ReadyAsync(Pod pod, PodTemplate template)
    {
        var probe = template.Container.At("readinessProbe.httpGet.path").GetString();
        var port = template.Container.Each("ports").Single(each => each.At("name").GetString() == "http").At("containerPort").GetInt32();
        using var http = new HttpClient();
        await Patience.ForAsync(LoopAsync(), $"{pod.Name} to be ready", Told);

        async Task LoopAsync()
        {
            while ((await http.GetAsync(new Uri($"http://{pod.Address}:{port}{probe}"))).StatusCode != HttpStatusCode.OK)
                await Task.Delay(50);
        }
    }
}

/// <param name="Set">Its StatefulSet.</param>
/// <param name="Name">Its name, which the next one at its place will have.</param>
/// <param name="Address">Its address, which is nobody else's.</param>
/// <param name="Node">What runs in it.</param>
internal sealed record Pod(string Set, string Name, IPAddress Address, NodeProcess Node)
{
    public volatile bool IsServing;
}
