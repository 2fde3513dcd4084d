using System.Diagnostics;

namespace ProverCluster.Processes.World;

/// <summary>Network namespaces on a bridge of this machine: a link for each node, which can be cut.</summary>
internal sealed class Links
{
    private readonly string _name = $"pc{Random.Shared.Next(0x100000):x5}";
    private readonly string _subnet = $"10.{Random.Shared.Next(200, 250)}.{Random.Shared.Next(1, 255)}";
    private readonly Undertaker _undertaker;
    private int _count;

    private Links(Undertaker undertaker) => _undertaker = undertaker;

    /// <summary>This process's own address among them.</summary>
    public string Here => $"{_subnet}.254";

    public static Links Make(Undertaker undertaker)
    {
        var links = new Links(undertaker);
        undertaker.Undo($"ip link del {links._name}");
        Run($"ip link add {links._name} type bridge && ip addr add {links.Here}/24 dev {links._name} && ip link set {links._name} up");
        return links;
    }

    /// <summary>The link with that address, or a new one.</summary>
    public Link Next(string? host)
    {
        var number = host is null ? Interlocked.Increment(ref _count) : int.Parse(host.Split('.')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var name = $"{_name}-{number}";
        if (host is null)
        {
            _undertaker.Undo($"ip netns del {name}");
            Run($"ip netns add {name} && ip link add {name} type veth peer name {name}i && ip link set {name}i netns {name} && ip link set {name} master {_name} up"
                + $" && ip -n {name} addr add {_subnet}.{number}/24 dev {name}i && ip -n {name} link set {name}i up && ip -n {name} link set lo up");
        }

        return new Link($"{_subnet}.{number}", [s_ip, "netns", "exec", name]);
    }

    public void Cut(string host) => Set(host, "down");

    public void Mend(string host) => Set(host, "up");

    private static readonly string s_ip = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "ip")).FirstOrDefault(File.Exists) ?? "ip";

    private void Set(string host, string what) => Run($"ip link set {_name}-{host.Split('.')[^1]} {what}");

    private static void Run(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command}: {said}");
    }
}

/// <param name="Host">Its address.</param>
/// <param name="Prefix">What a program at its end is started by.</param>
internal sealed record Link(string Host, string[] Prefix);
