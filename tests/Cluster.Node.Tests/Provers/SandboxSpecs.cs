using System.Net;
using System.Net.Sockets;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>What a prover in the sandbox sees and may do.</summary>
public sealed class SandboxSpecs(Launchers launchers) : IClassFixture<Launchers>
{
    [SandboxFact]
    public async Task It_sees_a_clean_environment_and_its_run()
    {
        var command = Puppet.Command("env") with { Environment = new Dictionary<string, string> { ["OMP_NUM_THREADS"] = "1" } };
        var run = Observed.Start(launchers.Sandbox, command);
        await run.Reaped;
        Assert.Equal(
            $"""
            HOME=/run/folder
            LANG=C.UTF-8
            OMP_NUM_THREADS=1
            PATH=/usr/local/bin:/usr/bin:/bin
            PROVER_CLUSTER_NODE={RunTag.ThisNode}
            PROVER_CLUSTER_RUN={command.Run}
            PWD=/run/folder
            TMPDIR=/run/folder

            """,
            run.Text(ProverStream.Stdout));
    }

    [SandboxFact]
    public async Task It_has_no_descriptor_but_input_output_and_error()
    {
        // The node's own, also those it would let a child inherit.
        using var open = File.OpenHandle("/usr/lib/os-release", options: FileOptions.None);
        Assert.Equal("0 1 2\n", await Output("fds"));
    }

    [SandboxFact]
    public async Task It_sees_the_systems_programs_and_libraries_its_goal_and_its_folder_and_nothing_else()
    {
        using var executable = new Script(File.ReadAllText(Puppet.Path));
        var run = Observed.Start(launchers.Sandbox, Puppet.Command("list", "/", "list", "/run", "list", "/etc", "list", "/dev", "list", "/tmp") with { Executable = executable.Path });
        await run.Reaped;
        var lines = run.Text(ProverStream.Stdout).Split('\n');
        Assert.Subset(
            new HashSet<string> { "bin", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "run", "sbin", "tmp", "usr" },
            lines[0].Split(' ').ToHashSet());
        Assert.Equal("folder goal", lines[1]);
        Assert.Subset(new HashSet<string> { "alternatives", "ld.so.cache" }, lines[2].Split(' ').ToHashSet());
        Assert.Equal("fd null random stderr stdin stdout urandom zero", lines[3]);
        Assert.Equal(Path.GetFileName(Path.GetDirectoryName(executable.Path)), lines[4]);
    }

    [SandboxTheory]
    [InlineData("/stolen")]
    [InlineData("/run/stolen")]
    [InlineData("/run/goal/goal.smt2")]
    [InlineData("/usr/stolen")]
    [InlineData("/etc/stolen")]
    [InlineData("/dev/stolen")]
    [InlineData("/tmp/stolen")]
    [InlineData("/proc/sys/kernel/core_pattern")]
    [InlineData("/proc/self/oom_score_adj")]
    [InlineData("/proc/1/oom_score_adj")]
    public async Task It_cannot_write_outside_its_folder(string path)
    {
        var before = File.Exists(path) ? await File.ReadAllTextAsync(path) : null;
        Assert.StartsWith("not written: ", await Output("write", path));
        Assert.Equal(before, File.Exists(path) ? await File.ReadAllTextAsync(path) : null);
    }

    [SandboxTheory]
    [InlineData("/etc/passwd")]
    [InlineData("/root")]
    [InlineData("/home")]
    [InlineData("/var/log")]
    [InlineData("/sys/kernel")]
    public async Task It_cannot_read_what_it_was_not_shown(string path)
    {
        Assert.Equal("not read: No such file or directory\n", await Output("read", path));
    }

    [SandboxFact]
    public async Task It_can_write_to_its_folder_and_to_the_null_device()
    {
        Assert.Equal("wrote\nwrote\n", await Output("write", "{folder}/a", "write", "/dev/null"));
    }

    [SandboxFact]
    public async Task It_cannot_fill_more_than_its_folders_bound()
    {
        var run = Observed.Start(launchers.Sandbox, Puppet.Command("fill", "big") with { FolderBytes = 8 << 20 });
        await run.Reaped;
        Assert.Equal($"filled {8 << 20}: No space left on device\n", run.Text(ProverStream.Stdout));
    }

    [SandboxFact]
    public async Task It_sees_neither_another_runs_folder_nor_its_processes()
    {
        var other = launchers.Sandbox.Play("write", "secret", "say", "up", "sleep", "1000");
        await other.Said("up");
        Assert.Equal("\n", await Output("list", "/run/folder"));
        Assert.Equal("0 reached\n", await Output("kill-group"));
        Assert.Contains(other.Pids, World.IsAlive);
        other.Process.Kill();
        await other.Reaped;
    }

    [SandboxFact]
    public async Task It_has_no_network()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Assert.StartsWith("not connected: ", await Output("connect", $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
        Assert.False(listener.Pending());
    }

    [SandboxFact]
    public async Task It_cannot_make_a_user_namespace()
    {
        var run = Observed.Start(launchers.Sandbox, Puppet.Command() with { Executable = "/usr/bin/unshare", Arguments = ["--user", "true"] });
        Assert.Equal(new RunEnd.Exited(1), (await run.Reaped).End);
        Assert.StartsWith("unshare: unshare failed: ", run.Text(ProverStream.Stderr));
    }

    [SandboxFact]
    public async Task It_sees_the_folders_of_its_entry_and_cannot_write_there()
    {
        using var folder = new Script("hello");
        var shown = Path.GetDirectoryName(folder.Path)!;
        var run = Observed.Start(launchers.Sandbox, Puppet.Command("list", shown, "write", $"{shown}/b") with { ReadOnly = [shown] });
        await run.Reaped;
        Assert.Equal("prover\nnot written: Read-only file system\n", run.Text(ProverStream.Stdout));
        Assert.Equal(["prover"], Directory.GetFiles(shown).Select(Path.GetFileName));
    }

    [SandboxFact]
    public async Task A_folder_that_may_not_be_shown_ends_the_run_before_it_starts()
    {
        var run = Observed.Start(launchers.Sandbox, Puppet.Command() with { ReadOnly = ["/tmp"] });
        var end = Assert.IsType<RunEnd.NeverStarted>((await run.Reaped).End);
        Assert.Equal("read-only folder /tmp: /tmp is never shown to a prover; name the folder in it that the prover needs", end.Detail);
    }

    private async Task<string> Output(params string[] play)
    {
        var run = launchers.Sandbox.Play(play);
        await run.Reaped;
        return run.Text(ProverStream.Stdout);
    }
}
