using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProverCluster.Testing;

/// <summary>A pod of a StatefulSet, as Kubernetes would start it: its one container's words, environment and files.</summary>
/// <param name="set">The StatefulSet.</param>
/// <param name="manifests">Where its configuration is.</param>
internal sealed partial class PodTemplate(JsonElement set, Manifests manifests)
{
    /// <summary>Under which all is mounted that a node reads.</summary>
    public const string Etc = "/etc/prover-cluster";

    public string Name { get; } = set.At("metadata.name").GetString()!;

    public JsonElement Set => set;

    public JsonElement Spec { get; } = set.At("spec.template.spec");

    public JsonElement Container { get; } = set.At("spec.template.spec").Each("containers").Single();

    public string Namespace { get; } = set.At("metadata.namespace") is { ValueKind: JsonValueKind.String } name ? name.GetString()! : "default";

    /// <param name="pod">Its name.</param>
    /// <param name="root">What is here in the place of <see cref="Etc"/>.</param>
    public string[] Arguments(string pod, string root)
    {
        var environment = Environment(pod);
        return [.. Container.Each("args").Select(word => Expand(word.GetString()!, environment).Replace(Etc, root))];
    }

    /// <summary>Without what comes from a secret.</summary>
    public IReadOnlyDictionary<string, string> Environment(string pod)
    {
        var known = new Dictionary<string, string>();
        foreach (var variable in Container.Each("env"))
        {
            var value = variable.At("value") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : variable.At("valueFrom.fieldRef.fieldPath").ValueKind switch
            {
                JsonValueKind.String => variable.At("valueFrom.fieldRef.fieldPath").GetString() switch
                {
                    "metadata.name" => pod,
                    "metadata.namespace" => Namespace,
                    var field => throw new NotSupportedException(field),
                },
                _ => null,
            };
            // In their order: one may name those before it.
            if (value is not null)
                known.Add(variable.At("name").GetString()!, Expand(value, known));
        }

        return known;
    }

    /// <summary>Where the node finds what, and from which object it comes: a configuration's keys, a secret's, or a folder.</summary>
    public IEnumerable<(string Path, JsonElement Volume)> Mounts =>
        from mount in Container.Each("volumeMounts")
        let name = mount.At("name").GetString()
        from volume in Spec.Each("volumes").Concat(set.Each("spec.volumeClaimTemplates"))
        where (volume.At("name") is { ValueKind: JsonValueKind.String } own ? own : volume.At("metadata.name")).GetString() == name
        select (mount.At("mountPath").GetString()!, volume);

    /// <summary>The files of its configuration, by their whole paths.</summary>
    public IEnumerable<(string Path, string Text)> Files =>
        from mount in Mounts
        where mount.Volume.At("configMap").ValueKind == JsonValueKind.Object
        from key in manifests.The("ConfigMap", mount.Volume.At("configMap.name").GetString()!).At("data").EnumerateObject()
        select ($"{mount.Path}/{key.Name}", key.Value.GetString()!);

    /// <summary>Writes its configuration where a node can read it here.</summary>
    /// <param name="root">In the place of <see cref="Etc"/>.</param>
    public void Write(string root)
    {
        foreach (var (path, text) in Files)
        {
            var here = path.Replace(Etc, root);
            Directory.CreateDirectory(Path.GetDirectoryName(here)!);
            File.WriteAllText(here, text);
        }
    }

    private static string Expand(string text, IReadOnlyDictionary<string, string> known) => Reference().Replace(text, match => known.GetValueOrDefault(match.Groups[1].Value, match.Value));

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex Reference();
}
