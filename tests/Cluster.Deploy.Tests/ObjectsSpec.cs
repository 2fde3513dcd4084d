using System.Text.Json;

namespace ProverCluster.Deploy;

/// <summary>What has to be in each overlay. Other specs look at whatever is there, so an object that is gone, or a field of one, fails none of them.</summary>
public sealed class ObjectsSpec
{
    private const string Local = "overlays/local";

    private const string Production = "overlays/production";

    private const string Nodes = """{"app.kubernetes.io/name":"prover-cluster"}""";

    private const string Coordinators = """{"app.kubernetes.io/component":"coordinator","app.kubernetes.io/name":"prover-cluster"}""";

    private const string Provers = """{"app.kubernetes.io/component":"prover","app.kubernetes.io/name":"prover-cluster"}""";

    [OverlaysTheory]
    [InlineData(
        Local,
        "ConfigMap hocon", "Namespace prover-cluster", "NetworkPolicy clients", "NetworkPolicy nothing-out", "Service prover-cluster", "ServiceAccount prover-cluster",
        "StatefulSet coordinator")]
    [InlineData(
        Production,
        "ConfigMap hocon", "HorizontalPodAutoscaler prover", "NetworkPolicy clients", "NetworkPolicy nodes", "NetworkPolicy store", "PodDisruptionBudget coordinator",
        "PodDisruptionBudget prover", "Service nodes", "Service prover-cluster", "ServiceAccount prover-cluster", "StatefulSet coordinator", "StatefulSet prover")]
    public async Task These_objects_should_be_there_and_no_others(string overlay, params string[] objects) =>
        Assert.Equal(objects, (await Manifests.OfAsync(overlay)).Objects.Select(NameOf).Order(StringComparer.Ordinal));

    [OverlaysTheory]
    [InlineData(Local, "StatefulSet coordinator", "spec.replicas", "1")]
    [InlineData(Local, "StatefulSet coordinator", "spec.serviceName", "prover-cluster")]
    [InlineData(Local, "Service prover-cluster", "spec.selector", Coordinators)]
    [InlineData(Local, "ServiceAccount prover-cluster", "automountServiceAccountToken", "false")]
    [InlineData(Local, "NetworkPolicy clients", "spec.podSelector.matchLabels", Coordinators)]
    [InlineData(Local, "NetworkPolicy nothing-out", "spec.podSelector.matchLabels", Nodes)]
    [InlineData(Production, "StatefulSet coordinator", "spec.replicas", "3")]
    [InlineData(Production, "StatefulSet coordinator", "spec.serviceName", "nodes")]
    [InlineData(Production, "StatefulSet prover", "spec.serviceName", "nodes")]
    [InlineData(Production, "Service nodes", "spec.clusterIP", "None")]
    [InlineData(Production, "Service nodes", "spec.publishNotReadyAddresses", "true")]
    [InlineData(Production, "Service nodes", "spec.selector", Nodes)]
    [InlineData(Production, "Service prover-cluster", "spec.selector", Coordinators)]
    [InlineData(Production, "ServiceAccount prover-cluster", "automountServiceAccountToken", "false")]
    [InlineData(Production, "PodDisruptionBudget coordinator", "spec.maxUnavailable", "1")]
    [InlineData(Production, "PodDisruptionBudget coordinator", "spec.selector.matchLabels", Coordinators)]
    [InlineData(Production, "PodDisruptionBudget prover", "spec.maxUnavailable", "1")]
    [InlineData(Production, "PodDisruptionBudget prover", "spec.selector.matchLabels", Provers)]
    [InlineData(Production, "NetworkPolicy clients", "spec.podSelector.matchLabels", Coordinators)]
    [InlineData(Production, "NetworkPolicy nodes", "spec.podSelector.matchLabels", Nodes)]
    [InlineData(Production, "NetworkPolicy nodes", "spec.policyTypes", """["Ingress","Egress"]""")]
    [InlineData(Production, "NetworkPolicy store", "spec.podSelector.matchLabels", Coordinators)]
    [InlineData(Production, "HorizontalPodAutoscaler prover", "spec.scaleTargetRef", """{"apiVersion":"apps/v1","kind":"StatefulSet","name":"prover"}""")]
    [InlineData(Production, "HorizontalPodAutoscaler prover", "spec.minReplicas", "3")]
    [InlineData(Production, "HorizontalPodAutoscaler prover", "spec.maxReplicas", "10")]
    public async Task An_object_should_say(string overlay, string name, string path, string value) =>
        Assert.Equal(value, Told((await Manifests.OfAsync(overlay)).Objects.Single(each => NameOf(each) == name).At(path)));

    [OverlaysTheory]
    [InlineData(Local, "coordinator", "RuntimeDefault")]
    [InlineData(Production, "coordinator", "RuntimeDefault")]
    [InlineData(Production, "prover", "Localhost")]
    public async Task A_pod_should_be_confined_asked_how_it_is_and_given_its_memory_and_its_time(string overlay, string name, string seccomp)
    {
        var pod = await PodAsync(overlay, name);
        (JsonElement Of, string Path, string Value)[] wanted =
        [
            (pod.Spec, "serviceAccountName", "prover-cluster"),
            (pod.Spec, "automountServiceAccountToken", "false"),
            (pod.Spec, "terminationGracePeriodSeconds", "90"),
            (pod.Spec, "securityContext.runAsNonRoot", "true"),
            (pod.Spec, "securityContext.seccompProfile.type", seccomp),
            (pod.Container, "securityContext.allowPrivilegeEscalation", "false"),
            (pod.Container, "securityContext.readOnlyRootFilesystem", "true"),
            (pod.Container, "securityContext.capabilities", """{"drop":["ALL"]}"""),
            (pod.Container, "startupProbe.httpGet.path", "/health/live"),
            (pod.Container, "livenessProbe.httpGet.path", "/health/live"),
            (pod.Container, "readinessProbe.httpGet.path", "/health/ready"),
            (pod.Container, "lifecycle.preStop.sleep.seconds", "5"),
        ];
        Assert.Equal(wanted.Select(each => $"{each.Path}: {each.Value}"), wanted.Select(each => $"{each.Path}: {Told(each.Of.At(each.Path))}"));
        // How much is told by what its node may use: NodesInPodsSpec.
        Assert.Matches("^[1-9][0-9]*[GM]i$", Told(pod.Container.At("resources.requests.memory")));
        Assert.Equal(Told(pod.Container.At("resources.requests.memory")), Told(pod.Container.At("resources.limits.memory")));
        // A node that waits for a processor is late with its heartbeats.
        Assert.NotNull(Told(pod.Container.At("resources.requests.cpu")));
        Assert.Null(Told(pod.Container.At("resources.limits.cpu")));
    }

    [OverlaysTheory]
    [InlineData("coordinator", "kubernetes.io/hostname DoNotSchedule", "topology.kubernetes.io/zone ScheduleAnyway")]
    [InlineData("prover", "kubernetes.io/hostname ScheduleAnyway")]
    public async Task Pods_should_be_spread_over_machines_and_coordinators_over_zones_too(string name, params string[] spread)
    {
        var pod = await PodAsync(Production, name);
        var constraints = pod.Spec.Each("topologySpreadConstraints").ToArray();
        Assert.Equal(spread, constraints.Select(each => $"{Told(each.At("topologyKey"))} {Told(each.At("whenUnsatisfiable"))}"));
        // Over its own kind, whatever the other does.
        Assert.All(constraints, each => Assert.Equal((Told(pod.Set.At("spec.selector.matchLabels")), "1"), (Told(each.At("labelSelector.matchLabels")), Told(each.At("maxSkew")))));
    }

    [OverlaysTheory]
    [InlineData("coordinator", """{"secretKeyRef":{"key":"password","name":"prover-cluster-postgres"}}""")]
    [InlineData("prover", null)]
    public async Task A_coordinator_alone_should_have_the_password_of_the_store_from_a_secret(string name, string? from)
    {
        var pod = await PodAsync(Production, name);
        var password = pod.Container.Each("env").SingleOrDefault(variable => Told(variable.At("name")) == "PGPASSWORD");
        Assert.Equal((from, null), (Told(password.At("valueFrom")), Told(password.At("value"))));
    }

    private static async Task<PodTemplate> PodAsync(string overlay, string name) => (await Manifests.OfAsync(overlay)).Pods.Single(pod => pod.Name == name);

    /// <summary>A ConfigMap without the end of its name, which is made of what is in it.</summary>
    private static string NameOf(JsonElement each)
    {
        var (kind, name) = (Told(each.At("kind"))!, Told(each.At("metadata.name"))!);
        return $"{kind} {(kind == "ConfigMap" ? name[..name.LastIndexOf('-')] : name)}";
    }

    /// <summary>Null of what is not said.</summary>
    private static string? Told(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Undefined => null,
        JsonValueKind.String => json.GetString(),
        _ => JsonSerializer.Serialize(json),
    };
}
