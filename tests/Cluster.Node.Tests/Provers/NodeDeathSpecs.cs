using System.Diagnostics;
using System.Globalization;
using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>A node that is killed by SIGKILL takes its provers with it.</summary>
public sealed class NodeDeathSpecs
{
    private static readonly int Times = Stress.Count(10, 50);

    private static readonly string[] HidingPlay = ["deaf", "daemon", "wrapper", "deaf+say+up+sleep+1000"];

    [SandboxFact]
    public async Task In_the_sandbox_no_prover_lives_a_second_later_and_no_file_is_left()
    {
        for (var i = 0; i < Times; i++)
            Assert.Empty(await FilesLeftAfter("sandbox", "settled", HidingPlay));
    }

    [SandboxFact]
    public async Task In_the_sandbox_no_prover_lives_a_second_later_even_of_those_being_started()
    {
        for (var i = 0; i < Times; i++)
            Assert.Empty(await FilesLeftAfter("sandbox", "storm", "sleep", "1000"));
    }

    [Fact]
    public async Task Without_a_sandbox_no_prover_lives_a_second_later_either_and_its_folder_is_removed()
    {
        for (var i = 0; i < Times; i++)
            Assert.Empty(await FilesLeftAfter("fallback", "settled", [.. HidingPlay[..1], "bare-daemon", .. HidingPlay[1..]]));
    }

    [Fact]
    public async Task Without_a_sandbox_no_prover_lives_a_second_later_even_of_those_being_started()
    {
        for (var i = 0; i < Times; i++)
            Assert.Empty(await FilesLeftAfter("fallback", "storm", "sleep", "1000"));
    }

    [Theory, InSandbox, InFallback]
    public async Task A_node_that_was_started_with_SIGCHLD_ignored_still_learns_how_its_provers_end(bool sandboxed)
    {
        using var host = Process.Start(new ProcessStartInfo(
            "/usr/bin/perl",
            ["-e", "$SIG{CHLD} = 'IGNORE'; exec @ARGV", Environment.ProcessPath!, HostPath(), sandboxed ? "sandbox" : "fallback", "/tmp", "once", Puppet.Path, "exit", "7"])
        {
            RedirectStandardOutput = true,
        })!;
        Assert.EndsWith("Exited { Code = 7 }\n", await host.StandardOutput.ReadToEndAsync());
        await host.WaitForExitAsync();
        Assert.Equal(0, host.ExitCode);
    }

    [Theory]
    [InSandbox("exit 7", "Exited { Code = 7 }")]
    [InFallback("exit 7", "Lost { Detail = its process is gone, and something else in this program has taken the word of how it ended }")]
    [InSandbox("kill", "Signalled { Signal = 9 }")]
    [InFallback("kill", "Signalled { Signal = 9 }")]
    public async Task A_run_ends_also_where_something_else_has_taken_the_word_of_how_its_process_ended(bool sandboxed, string play, string end)
    {
        using var host = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!,
            [HostPath(), sandboxed ? "sandbox" : "fallback", "/tmp", "robbed", Puppet.Path, .. play == "kill" ? ["sleep", "1000"] : play.Split(' ')])
        {
            RedirectStandardOutput = true,
        })!;
        using var ended = new EndOf(host);
        Assert.EndsWith($"{end}\n", await host.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static async Task<string[]> FilesLeftAfter(string way, string when, params string[] play)
    {
        var folder = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;
        var before = Directory.GetFileSystemEntries("/tmp").Concat(Directory.GetFileSystemEntries("/dev/shm")).ToHashSet();
        using var host = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [HostPath(), way, folder, when, Puppet.Path, .. play])
        {
            RedirectStandardOutput = true,
        })!;
        using var ended = new EndOf(host);
        var first = (await host.StandardOutput.ReadLineAsync())!.Split(' ');
        Assert.Equal("up", await host.StandardOutput.ReadLineAsync());
        Assert.Equal(way == "sandbox", bool.Parse(first[1]));
        var node = ulong.Parse(first[0], CultureInfo.InvariantCulture);
        if (when == "storm")
            await Task.Delay(Random.Shared.Next(50));
        else
            Assert.InRange(World.OfNode(node).Count, 15, 1000);

        host.Kill();
        var alive = Array.Empty<int>();
        await Eventually.True(
            () => (alive = [.. World.OfNode(node).Where(World.IsAlive)]).Length == 0, "none of its provers lives", Busy.Promised(TimeSpan.FromSeconds(1)), () => string.Join(' ', alive));
        await host.WaitForExitAsync();

        // The guard, which removes a folder, has provers to look for first.
        foreach (var ofUser in Directory.GetDirectories(folder).Where(IsOfUser))
            await Eventually.True(() => Directory.GetFileSystemEntries(ofUser).Length == 0, "the dead node's folder is removed");
        var left = new[] { folder, "/tmp", "/dev/shm" }.SelectMany(Directory.GetFileSystemEntries)
            .Where(path => (path.StartsWith(folder, StringComparison.Ordinal) || IsOurs(path)) && !IsOfUser(path) && !before.Contains(path))
            .Order().ToArray();
        Directory.Delete(folder, recursive: true);
        return left;
    }

    /// <summary>A spec that fails before it kills its node must not leave it behind.</summary>
    private sealed class EndOf(Process host) : IDisposable
    {
        public void Dispose() => host.Kill();
    }

    private static bool IsOurs(string path) =>
        Path.GetFileName(path) is var name && !name.StartsWith("prover-cluster-spec-", StringComparison.Ordinal)
        && (name.StartsWith("prover-cluster-", StringComparison.Ordinal) || name.StartsWith("bindfile", StringComparison.Ordinal));

    /// <summary>Without a sandbox nodes have theirs in one folder of the user's own, which is kept.</summary>
    private static bool IsOfUser(string path) => Path.GetFileName(path) == $"prover-cluster-{Libc.GetEuid()}";

    private static string HostPath() => Path.Combine(AppContext.BaseDirectory, "ProverCluster.ProverHost.dll");
}
