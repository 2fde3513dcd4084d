using System.Text.Json;

namespace ProverCluster.Deploy;

/// <summary>Whether the objects are what Kubernetes takes, and whether they go together.</summary>
public sealed class ManifestsSpec
{
    public static TheoryData<string> Overlays => [.. Manifests.Overlays];

    [CheckedTheory]
    [MemberData(nameof(Overlays))]
    public async Task Every_object_should_be_valid(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        var (pass, said) = await Checker.TryAsync(manifests.Yaml);
        Assert.True(pass, said);
        Assert.Equal($"{manifests.Objects.Count} objects are valid", said);
    }

    /// <summary>What the check is for: each of these is taken by kubectl kustomize.</summary>
    [CheckedFact]
    public async Task The_check_should_refuse_what_a_strict_server_does()
    {
        var yaml = (await Manifests.OfAsync("overlays/local")).Yaml;
        (string Right, string Wrong, string Said)[] faults =
        [
            ("readOnlyRootFilesystem: true", "readOnlyRoot: true", "StatefulSet coordinator.spec.template.spec.containers[0].securityContext.readOnlyRoot is not known"),
            ("minReadySeconds: 15", "minReadySeconds: \"15\"", "StatefulSet coordinator.spec.minReadySeconds is a string, and is to be a number"),
            ("podManagementPolicy: Parallel", "podManagementPolicy: Both", "podManagementPolicy must be equal to one of the allowed values"),
            ("mountPath: /tmp\n", "subPath: tmp\n", "must have required property mountPath"),
            ("kind: NetworkPolicy", "kind: NetPolicy", "networking.k8s.io/v1 NetPolicy is no kind that is known"),
            ("memory: 2304Mi", "memory: 2304MB", "must match format \"quantity\""),
        ];
        foreach (var (right, wrong, _) in faults)
        {
            Assert.Contains(right, yaml);
            yaml = yaml.Replace(right, wrong);
        }

        var (pass, said) = await Checker.TryAsync(yaml);
        Assert.False(pass);
        Assert.All(faults, fault => Assert.Contains(fault.Said, said));
    }

    [OverlaysTheory]
    [MemberData(nameof(Overlays))]
    public async Task What_an_object_names_should_be_there(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        foreach (var pod in manifests.Pods)
        {
            Assert.Contains(manifests.Of("Service"), service => service.At("metadata.name").GetString() == pod.Set.At("spec.serviceName").GetString());
            Assert.Contains(manifests.Of("ServiceAccount"), account => account.At("metadata.name").GetString() == pod.Spec.At("serviceAccountName").GetString());
            Assert.Equal(pod.Container.Each("volumeMounts").Count(), pod.Mounts.Count());
            Assert.True(Selects(pod.Set.At("spec.selector.matchLabels"), pod));
        }

        foreach (var selector in manifests.Of("Service").Select(service => service.At("spec.selector"))
            .Concat(manifests.Of("PodDisruptionBudget").Select(budget => budget.At("spec.selector.matchLabels")))
            .Concat(manifests.Of("NetworkPolicy").Select(policy => policy.At("spec.podSelector.matchLabels")))
            .Concat(manifests.Pods.SelectMany(pod => pod.Spec.Each("topologySpreadConstraints")).Select(spread => spread.At("labelSelector.matchLabels"))))
        {
            Assert.Contains(manifests.Pods, pod => Selects(selector, pod));
        }

        foreach (var scaler in manifests.Of("HorizontalPodAutoscaler"))
        {
            var scaled = manifests.The("StatefulSet", scaler.At("spec.scaleTargetRef.name").GetString()!);
            // Or each new apply would undo what it has done.
            Assert.Equal(JsonValueKind.Undefined, scaled.At("spec.replicas").ValueKind);
        }
    }

    [OverlaysTheory]
    [MemberData(nameof(Overlays))]
    public async Task What_leaves_a_pod_should_be_for_other_nodes_for_names_for_a_collector_and_a_coordinators_for_the_store(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        foreach (var pod in manifests.Pods)
        {
            var isAlone = overlay == "overlays/local";
            string[] all = ["nodes: TCP/cluster", "kube-system: UDP/53, TCP/53", "monitoring: TCP/4317, TCP/4318"];
            // The server may be anywhere.
            string[] allowed = isAlone ? [] : pod.Name == "coordinator" ? [.. all, "all: TCP/5432"] : all;
            Assert.Equal(allowed.Order(), PoliciesOf(manifests, pod, "Egress").SelectMany(policy => policy.Each("spec.egress")).Select(rule => Said(rule, "to")).Order());
        }
    }

    [OverlaysTheory]
    [MemberData(nameof(Overlays))]
    public async Task What_comes_into_a_pod_should_be_from_other_nodes_from_who_reads_metrics_and_a_coordinators_from_clients(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        foreach (var pod in manifests.Pods)
        {
            string[] all = overlay == "overlays/local" ? [] : ["nodes: TCP/cluster", "monitoring: TCP/http"];
            string[] allowed = pod.Name == "coordinator" ? [.. all, "anybody: TCP/http"] : all;
            Assert.Equal(allowed.Order(), PoliciesOf(manifests, pod, "Ingress").SelectMany(policy => policy.Each("spec.ingress")).Select(rule => Said(rule, "from")).Order());
        }
    }

    [OverlaysTheory]
    [MemberData(nameof(Overlays))]
    public async Task A_pod_should_have_no_more_power_than_it_needs(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        foreach (var pod in manifests.Pods)
        {
            Assert.Equal(["ALL"], pod.Container.Each("securityContext.capabilities.drop").Select(each => each.GetString()));
            Assert.False(pod.Container.At("securityContext.allowPrivilegeEscalation").GetBoolean());
            Assert.True(pod.Container.At("securityContext.readOnlyRootFilesystem").GetBoolean());
            Assert.True(pod.Spec.At("securityContext.runAsNonRoot").GetBoolean());
            Assert.Contains(pod.Spec.At("securityContext.seccompProfile.type").GetString(), new[] { "RuntimeDefault", "Localhost" });
            Assert.False(pod.Spec.At("automountServiceAccountToken").GetBoolean());
            if (pod.Spec.At("securityContext.seccompProfile.localhostProfile") is { ValueKind: JsonValueKind.String } profile)
                Assert.True(File.Exists(Path.Combine(Repo.Root, "deploy/k8s/seccomp", Path.GetFileName(profile.GetString()!))));
        }
    }

    [OverlaysTheory]
    [MemberData(nameof(Overlays))]
    public async Task Secrets_should_be_named_and_not_told(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        Assert.Empty(manifests.Of("Secret"));
        // Nor a password in an address.
        Assert.DoesNotMatch("postgres://[^/@\\s]*:", manifests.Yaml);
        Assert.DoesNotMatch("sha256|BEGIN [A-Z ]*PRIVATE KEY|password ?=", manifests.Yaml);
    }

    /// <summary>Without any, everything may pass.</summary>
    private static JsonElement[] PoliciesOf(Manifests manifests, PodTemplate pod, string direction)
    {
        var policies = manifests.Of("NetworkPolicy")
            .Where(policy => Selects(policy.At("spec.podSelector.matchLabels"), pod) && policy.Each("spec.policyTypes").Any(type => type.GetString() == direction)).ToArray();
        Assert.NotEmpty(policies);
        return policies;
    }

    /// <summary>Whom a rule lets a pod reach, or be reached by, and where.</summary>
    private static string Said(JsonElement rule, string direction)
    {
        var peers = rule.Each(direction).Select(peer =>
            peer.At("podSelector.matchLabels") is { ValueKind: JsonValueKind.Object } ? "nodes"
            : peer.At("namespaceSelector.matchLabels") is { ValueKind: JsonValueKind.Object } labels ? labels.GetProperty("kubernetes.io/metadata.name").GetString()
            : "anybody");
        var ports = rule.Each("ports").Select(port => $"{port.At("protocol")}/{port.At("port")}").DefaultIfEmpty("all");
        return $"{string.Join(", ", peers.DefaultIfEmpty("all"))}: {string.Join(", ", ports)}";
    }

    private static bool Selects(JsonElement labels, PodTemplate pod) => labels.EnumerateObject().All(label => pod.Set.At("spec.template.metadata.labels").GetProperty(label.Name).GetString() == label.Value.GetString());
}
