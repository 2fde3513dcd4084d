using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProverCluster.Deploy;

/// <summary>
/// What docs/operations.md says that the sandbox needs in a container, in one: the container of a pod as its security context makes it, by runc, with this machine's /usr in
/// the place of the image's.
/// </summary>
public sealed class SandboxInContainerSpec : IDisposable
{
    /// <summary>What a run time hides of /proc unless it is told not to.</summary>
    private static readonly string[] s_masked = ["/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/scsi"];

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("container-spec-").FullName;
    private readonly string _name = $"prover-cluster-{Guid.NewGuid():N}";

    public void Dispose()
    {
        // Also of a test that has failed: it is gone, or killed.
        using var delete = Process.Start(new ProcessStartInfo("runc", ["delete", "--force", _name]) { RedirectStandardError = true })!;
        delete.WaitForExit();
        Directory.Delete(_folder, recursive: true);
    }

    [ContainerFact]
    public async Task A_prover_of_production_should_have_its_sandbox()
    {
        var pod = (await Manifests.OfAsync("overlays/production")).Pods.Single(each => each.Name == "prover");
        Assert.Contains(pod.Files, file => file.Path.EndsWith("/sandbox.conf", StringComparison.Ordinal) && file.Text.Contains("sandbox.mode = required", StringComparison.Ordinal));
        Assert.Contains("provers run in a sandbox", await StartAsync(pod, "prover-cluster.sandbox.mode = required"));
    }

    [ContainerFact]
    public async Task A_proc_that_is_masked_should_be_refused_as_the_page_says()
    {
        var pod = (await Manifests.OfAsync("overlays/local")).Pods.Single();
        Assert.Contains("Can't mount proc on /newroot/proc", await File.ReadAllTextAsync(Path.Combine(Repo.Root, "docs/operations.md")));
        Assert.Contains("no sandbox: bwrap: Can't mount proc on /newroot/proc", await StartAsync(pod, ""));
    }

    /// <summary>What the node says of itself when it is up, after which it leaves in order.</summary>
    private async Task<string> StartAsync(PodTemplate pod, string settings)
    {
        foreach (var folder in new[] { "usr", "etc", "proc", "dev", "node", "settings" }.Concat(Writable(pod).Select(path => path[1..])))
            Directory.CreateDirectory(Path.Combine(_folder, "rootfs", folder));
        foreach (var link in new[] { "bin", "sbin", "lib", "lib64" })
            File.CreateSymbolicLink(Path.Combine(_folder, "rootfs", link), $"usr/{link}");
        Directory.CreateDirectory(Path.Combine(_folder, "settings"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "settings/node.conf"), $"prover-cluster {{\n slots = 1\n runs {{ memory = 64MiB, folder-size = 16MiB }}\n}}\n{settings}\n");
        await Run.DoAsync("cp", "-r", AppContext.BaseDirectory, Path.Combine(_folder, "node"));
        await Run.DoAsync("chmod", "-R", "a+rX", _folder);
        // A mount has the mode of what is below it, as an emptyDir has this one.
        await Run.DoAsync(["chmod", "777", .. Writable(pod).Select(path => Path.Combine(_folder, "rootfs", path[1..]))]);
        await File.WriteAllTextAsync(Path.Combine(_folder, "config.json"), Config(pod).ToJsonString());

        using var container = Process.Start(new ProcessStartInfo("runc", ["run", "--bundle", _folder, _name]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        using var patience = new CancellationTokenSource(s_patience);
        var said = "";
        while (!said.Contains(" is up: ", StringComparison.Ordinal))
            said += await container.StandardError.ReadLineAsync(patience.Token) is { } line ? line + "\n" : throw new InvalidOperationException($"it ended: {said}");
        await Run.DoAsync("runc", "kill", _name, "TERM");
        await container.WaitForExitAsync(patience.Token);
        Assert.Equal(0, container.ExitCode);
        return said;
    }

    private JsonObject Config(PodTemplate pod)
    {
        var (user, own) = (pod.Spec.At("securityContext"), pod.Container.At("securityContext"));
        var ids = () => new JsonArray(new JsonObject { ["containerID"] = 0, ["hostID"] = 200_000, ["size"] = 65_536 });
        var hasUsers = pod.Spec.At("hostUsers").ValueKind == JsonValueKind.False;
        string[] namespaces = ["pid", "ipc", "uts", "mount", "network", .. hasUsers ? ["user"] : Array.Empty<string>()];
        var linux = new JsonObject
        {
            ["namespaces"] = new JsonArray([.. namespaces.Select(type => new JsonObject { ["type"] = type })]),
            ["maskedPaths"] = Words(own.At("procMount") is { ValueKind: JsonValueKind.String } proc && proc.GetString() == "Unmasked" ? [] : s_masked),
        };
        if (hasUsers)
            (linux["uidMappings"], linux["gidMappings"]) = (ids(), ids());
        if (user.At("seccompProfile.localhostProfile") is { ValueKind: JsonValueKind.String } profile)
            linux["seccomp"] = JsonNode.Parse(File.ReadAllText(Path.Combine(Repo.Root, "deploy/k8s/seccomp", Path.GetFileName(profile.GetString()!))));

        return new JsonObject
        {
            ["ociVersion"] = "1.0.2",
            ["root"] = new JsonObject { ["path"] = "rootfs", ["readonly"] = own.At("readOnlyRootFilesystem").GetBoolean() },
            ["process"] = new JsonObject
            {
                ["cwd"] = "/",
                ["user"] = new JsonObject { ["uid"] = user.At("runAsUser").GetInt32(), ["gid"] = user.At("runAsGroup").GetInt32() },
                ["noNewPrivileges"] = !own.At("allowPrivilegeEscalation").GetBoolean(),
                ["capabilities"] = new JsonObject(),
                ["args"] = Words("/usr/bin/env", "-u", "HOME", Dotnet(), "/node/ProverCluster.Service.dll", "--port", "0", "--config", "/settings/node.conf"),
                ["env"] = Words(["PATH=/usr/bin", .. pod.Environment("pod").Select(variable => $"{variable.Key}={variable.Value}")]),
            },
            ["mounts"] = new JsonArray(
            [
                Mount("/proc", "proc", "proc"), Mount("/dev", "tmpfs", "tmpfs", "mode=755"),
                Mount("/usr", "bind", "/usr", "rbind", "ro"), Mount("/etc", "bind", "/etc", "rbind", "ro"),
                Mount("/node", "bind", Path.Combine(_folder, "node"), "rbind", "ro"), Mount("/settings", "bind", Path.Combine(_folder, "settings"), "rbind", "ro"),
                .. Writable(pod).Select(path => Mount(path, "tmpfs", "tmpfs", "mode=777")),
            ]),
            ["linux"] = linux,
        };
    }

    private static string[] Writable(PodTemplate pod) => [.. pod.Mounts.Where(mount => mount.Volume.At("emptyDir").ValueKind == JsonValueKind.Object).Select(mount => mount.Path)];

    /// <summary>As /usr has it, wherever that is.</summary>
    private static string Dotnet() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    private static JsonObject Mount(string destination, string type, string source, params string[] options) =>
        new() { ["destination"] = destination, ["type"] = type, ["source"] = source, ["options"] = Words(options) };

    private static JsonArray Words(params string[] words) => new([.. words.Select(word => (JsonNode)word)]);
}
