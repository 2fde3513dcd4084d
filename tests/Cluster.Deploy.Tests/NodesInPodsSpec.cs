using System.Globalization;
using System.Text.Json;
using ProverCluster.Api.Access;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Lifetime;
using ProverCluster.Service.Arguments;

namespace ProverCluster.Deploy;

/// <summary>Whether pods and the program agree: the node reads what it is given, listens where it is looked for, and has the memory and the time that it takes.</summary>
public sealed class NodesInPodsSpec : IDisposable
{
    /// <summary>What a node takes beside what is counted.</summary>
    private const long Own = 1L << 30;

    /// <summary>Those of Akka.NET's coordinated shutdown that come after draining, which is the first.</summary>
    private static readonly string[] s_phases =
    [
        "service-unbind", "service-requests-done", "service-stop", "before-cluster-shutdown", "cluster-sharding-shutdown-region", "cluster-leave", "cluster-exiting", "cluster-exiting-done",
        "cluster-shutdown", "before-actor-system-terminate", "actor-system-terminate",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("deploy-spec-").FullName;

    public static TheoryData<string> Overlays => [.. Manifests.Overlays];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [OverlaysTheory]
    [MemberData(nameof(Overlays))]
    public async Task Every_key_of_the_configuration_should_be_read_by_a_node(string overlay)
    {
        var unread = new HashSet<string>();
        var read = new HashSet<string>();
        foreach (var pod in (await Manifests.OfAsync(overlay)).Pods)
        {
            // Unknown keys stop it.
            var (settings, words) = Read(pod);
            unread.UnionWith(pod.Files.Select(file => file.Path));
            read.UnionWith(words.Where(word => word.StartsWith("--config=", StringComparison.Ordinal)).Select(word => word["--config=".Length..])
                .Concat([settings.Http.Tokens ?? "", settings.Http.Kestrel ?? ""]).Select(path => path.Replace(_root, PodTemplate.Etc)));
        }

        Assert.Empty(unread.Except(read));
    }

    [OverlaysTheory]
    [MemberData(nameof(Overlays))]
    public async Task A_node_should_listen_where_others_look_for_it(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        var routes = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Repo.Root, "src/Cluster.Api/openapi.json"))).RootElement.GetProperty("paths");
        foreach (var pod in manifests.Pods)
        {
            var (settings, _) = Read(pod);
            Dictionary<string, int> listens = new() { ["http"] = settings.Http.Port!.Value };
            if (!settings.Store.IsForOneNode)
                listens.Add("cluster", settings.Place.Port);
            Assert.Equal(listens, pod.Container.Each("ports").ToDictionary(port => port.At("name").GetString()!, port => port.At("containerPort").GetInt32()));
            Assert.False(settings.Http.IsLoopback);
            HttpAccess.Read(settings.Http);

            foreach (var (probe, route) in new[] { ("startupProbe", "/health/live"), ("livenessProbe", "/health/live"), ("readinessProbe", "/health/ready") })
            {
                var get = pod.Container.At($"{probe}.httpGet");
                Assert.Equal((route, "http"), (get.At("path").GetString(), get.At("port").GetString()));
                Assert.True(routes.TryGetProperty(route, out _));
                Assert.Equal(settings.Http.Kestrel is null ? null : "HTTPS", get.At("scheme") is { ValueKind: JsonValueKind.String } scheme ? scheme.GetString() : null);
            }

            if (settings.Store.IsForOneNode)
                continue;
            // Under the name that Kubernetes gives it: the headless service's, which a pod has in its own /etc/hosts.
            var domain = $".{pod.Set.At("spec.serviceName").GetString()}.{pod.Namespace}.svc.cluster.local";
            Assert.Contains($"--host={pod.Name}-7{domain}", pod.Arguments($"{pod.Name}-7", _root));
            Assert.Equal(Enumerable.Range(0, 3).Select(i => $"--seed=coordinator-{i}{domain}:{listens["cluster"]}"), pod.Arguments("x", _root).Where(word => word.StartsWith("--seed", StringComparison.Ordinal)));
            var names = manifests.The("Service", pod.Set.At("spec.serviceName").GetString()!);
            Assert.Equal(("None", true), (names.At("spec.clusterIP").GetString(), names.At("spec.publishNotReadyAddresses").GetBoolean()));
        }

        var known = manifests.Pods.SelectMany(pod => pod.Container.Each("ports")).Select(port => port.At("name").GetString()).ToHashSet();
        var looked = manifests.Of("Service").SelectMany(service => service.Each("spec.ports")).Select(port => port.At("targetPort"))
            .Concat(manifests.Of("NetworkPolicy").SelectMany(policy => policy.Each("spec.ingress")).SelectMany(rule => rule.Each("ports")).Select(port => port.At("port")));
        Assert.All(looked, port => Assert.Contains(port.GetString(), known));
    }

    [OverlaysTheory]
    [MemberData(nameof(Overlays))]
    public async Task A_pod_should_be_given_more_time_than_its_node_takes_to_leave(string overlay)
    {
        foreach (var pod in (await Manifests.OfAsync(overlay)).Pods)
        {
            var (settings, _) = Read(pod);
            var shutdown = settings.Akka.GetConfig("akka.coordinated-shutdown");
            var slowest = s_phases.Select(phase => $"phases.{phase}.timeout").Select(key => shutdown.GetTimeSpan(shutdown.HasPath(key) ? key : "default-phase-timeout"))
                .Aggregate(NodeDrain.Longest(settings.Drain.Grace), (sum, each) => sum + each)
                + TimeSpan.FromSeconds(pod.Container.At("lifecycle.preStop.sleep.seconds").GetInt32());
            Assert.InRange(slowest.TotalSeconds, 80, pod.Spec.At("terminationGracePeriodSeconds").GetInt32());
        }
    }

    [OverlaysTheory]
    [MemberData(nameof(Overlays))]
    public async Task A_pod_should_have_the_memory_that_its_node_may_use(string overlay)
    {
        foreach (var pod in (await Manifests.OfAsync(overlay)).Pods)
        {
            var (settings, words) = Read(pod);
            var memory = Bytes(pod.Container.At("resources.limits.memory").GetString()!);
            Assert.Equal(memory, Bytes(pod.Container.At("resources.requests.memory").GetString()!));
            var isProver = !words.Contains("--roles=coordinator");
            var isCoordinator = !words.Contains("--roles=prover");
            var runs = isProver ? settings.Slots!.Value * (settings.Runs.MemoryBytes + settings.Runs.FolderBytes) : 0;
            var goals = isCoordinator ? settings.Records.MostOpenTextBytes + settings.Http.MaxBodiesBytes : 0;
            // A node alone has the goals in what is its own: it is not there for many.
            Assert.InRange(memory, runs + Own + (isProver ? 0 : goals), long.MaxValue);
            if (!isProver)
                continue;
            var (fitted, notice) = MemoryFit.Apply(settings, raceWidth: 1, processors: 1, memory - Own);
            Assert.Equal((settings.Slots, settings.Runs.MemoryBytes, null), (fitted.Slots, fitted.Runs.MemoryBytes, notice));
            // In memory as well, where there is no sandbox.
            var folders = pod.Mounts.Single(mount => mount.Path == pod.Environment("x")["XDG_RUNTIME_DIR"]).Volume;
            Assert.Equal(("Memory", settings.Slots!.Value * settings.Runs.FolderBytes), (folders.At("emptyDir.medium").GetString(), Bytes(folders.At("emptyDir.sizeLimit").GetString()!)));
        }
    }

    /// <summary>What is wanted, divided by what a pod has, is how many pods Kubernetes makes.</summary>
    [OverlaysTheory]
    [InlineData("overlays/production")]
    public async Task There_should_be_as_many_provers_as_have_the_slots_that_are_wanted(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        var wanted = manifests.The("HorizontalPodAutoscaler", "prover").Each("spec.metrics").Single(metric => metric.At("type").GetString() == "External").At("external");
        var (settings, _) = Read(manifests.Pods.Single(pod => pod.Name == "prover"));
        Assert.Contains($"name: {{ as: {wanted.At("metric.name").GetString()} }}", File.ReadAllText(Path.Combine(Repo.Root, "docs/operations.md")));
        Assert.Equal(("AverageValue", $"{settings.Slots}"), (wanted.At("target.type").GetString(), wanted.At("target.averageValue").GetString()));
    }

    private (NodeSettings Settings, string[] Words) Read(PodTemplate pod)
    {
        pod.Write(_root);
        // Of secrets, what has to be in them.
        Place("tokens/tokens.conf", "tokens { }");
        Place("nodes/tls.conf", "akka.remote.dot-netty.tcp.enable-ssl = true");
        var words = pod.Arguments($"{pod.Name}-0", _root);
        var arguments = new NodeArguments(words);
        var settings = NodeSettings.Read(arguments.ReadFiles());
        // The other runtime refuses seeds.
        return (ActorRuntime.HasNetwork ? arguments.Lay(settings) : settings, words);
    }

    private void Place(string path, string text)
    {
        var here = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(here)!);
        File.WriteAllText(here, text);
    }

    private static long Bytes(string quantity) => quantity[^2..] switch
    {
        "Gi" => long.Parse(quantity[..^2], CultureInfo.InvariantCulture) << 30,
        "Mi" => long.Parse(quantity[..^2], CultureInfo.InvariantCulture) << 20,
        _ => throw new FormatException(quantity),
    };
}
