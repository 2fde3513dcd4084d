using System.Net;
using System.Net.Sockets;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Provers.Fallback;
using ProverCluster.Node.Provers.Native;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>What holds without a sandbox, and what does not; docs/security.md says the same.</summary>
public sealed class FallbackSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;
    private readonly ProverLauncher _launcher;

    public FallbackSpecs() => _launcher = ProverLauncher.Create(SandboxMode.Off, folders: _folder);

    public void Dispose()
    {
        _launcher.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_does_not_stop_a_prover_from_writing_where_the_node_may()
    {
        var path = Path.Combine(_folder, "stolen");
        await _launcher.Play("write", path).Reaped;
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task It_does_not_stop_a_prover_from_reading_what_the_node_may()
    {
        var run = _launcher.Play("read", "/etc/passwd");
        await run.Reaped;
        Assert.Contains("root:", run.Text(ProverStream.Stdout));
    }

    [Fact]
    public async Task It_does_not_stop_a_prover_from_using_the_network()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var run = _launcher.Play("connect", $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        await run.Reaped;
        Assert.Equal("connected\n", run.Text(ProverStream.Stdout));
    }

    [Fact]
    public async Task It_does_not_hide_other_runs_folders_and_processes()
    {
        var other = _launcher.Play("write", "secret", "say", "up", "sleep", "1000");
        await other.Said("up");
        Assert.Contains(other.Pids, World.IsAlive);
        Assert.Single(Directory.GetFiles(_folder, "secret", SearchOption.AllDirectories));
        other.Process.Kill();
        await other.Reaped;
    }

    [Fact]
    public async Task It_bounds_each_file_of_a_prover_but_not_their_number()
    {
        var run = Observed.Start(_launcher, Puppet.Command("fill", "one", "fill", "two") with { FolderBytes = 1 << 20 });
        Assert.Equal(new RunEnd.Signalled(25), (await run.Reaped).End);
    }

    [Fact]
    public async Task It_gives_a_clean_environment_and_no_descriptor_but_the_three()
    {
        var run = _launcher.Play("fds", "env");
        await run.Reaped;
        var lines = run.Text(ProverStream.Stdout).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("0 1 2", lines[0]);
        Assert.Equal(
            ["HOME", "LANG", "PATH", "PROVER_CLUSTER_NODE", "PROVER_CLUSTER_RUN", "TMPDIR"],
            lines[1..].Select(line => line.Split('=')[0]));
    }

    [Fact]
    public async Task It_removes_a_runs_folder_whatever_the_prover_made_of_it()
    {
        var kept = Path.Combine(_folder, "kept");
        await File.WriteAllTextAsync(kept, "x");
        using var prover = new Script($"#!/bin/sh\nmkdir -p a/b && ln -s {_folder} a/link && ln -s {kept} a/b/file && touch a/b/c && chmod 000 a/b/c a/b a\n");
        var run = Observed.Start(_launcher, Puppet.Command() with { Executable = prover.Path });
        Assert.Equal(new RunEnd.Exited(0), (await run.Reaped).End);
        Assert.True(File.Exists(kept));
        Assert.Empty(Directory.GetFiles(_folder, "goal.smt2", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task It_removes_a_link_in_place_of_a_runs_folder_and_nothing_behind_it()
    {
        var kept = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "kept")).FullName, "file");
        await File.WriteAllTextAsync(kept, "x");
        using var prover = new Script($"#!/bin/sh\nrun=$(dirname \"$PWD\") && mv \"$run\" \"$run.old\" && ln -s {Path.GetDirectoryName(kept)} \"$run\"\n");
        var run = Observed.Start(_launcher, Puppet.Command() with { Executable = prover.Path });
        Assert.Equal(new RunEnd.Exited(0), (await run.Reaped).End);
        Assert.True(File.Exists(kept));
    }

    [Fact]
    public void It_leaves_nothing_of_a_node_that_ends()
    {
        var root = Directory.GetDirectories(_folder).Single();
        Assert.Single(Directory.GetDirectories(root));
        _launcher.Dispose();
        Assert.Empty(Directory.GetDirectories(root));
    }

    [Fact]
    public void It_removes_a_nodes_folder_while_runs_remove_their_own()
    {
        for (var i = 0; i < 10; i++)
        {
            var node = new PrivateFolders(_folder);
            var runs = Enumerable.Range(0, 20).Select(_ => node.New()).ToArray();
            foreach (var run in runs)
                File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(run, "a/b/c")).FullName, "file"), "x");
            Parallel.Invoke(node.Dispose, () => Array.ForEach(runs, PrivateFolders.Delete));
            Assert.False(Directory.Exists(node.OfNode));
        }
    }

    [Fact]
    public void It_sweeps_the_folders_of_dead_nodes_and_no_others()
    {
        var root = Directory.GetDirectories(_folder).Single();
        var dead = Directory.CreateDirectory(Path.Combine(root, "4194399-12345-x/1")).Parent!.FullName;
        var living = Directory.GetDirectories(root).Single(folder => folder != dead);
        var stranger = Directory.CreateDirectory(Path.Combine(root, "something")).FullName;
        using var next = new PrivateFolders(_folder);
        Assert.False(Directory.Exists(dead));
        Assert.True(Directory.Exists(living));
        Assert.True(Directory.Exists(stranger));
    }

    [Fact]
    public void It_refuses_a_folder_that_others_may_enter()
    {
        var root = Directory.GetDirectories(_folder).Single();
        _ = Libc.ChangeMode(root, 0x1c1);
        var refusal = Assert.Throws<IOException>(() => new PrivateFolders(_folder));
        Assert.Contains(root, refusal.Message);
    }

    [Fact]
    public void It_refuses_a_link_in_place_of_its_folder()
    {
        var elsewhere = Path.Combine(_folder, "elsewhere");
        var name = Path.GetFileName(Directory.GetDirectories(_folder).Single());
        _ = Libc.MakeFolder(elsewhere, 0x1c0);
        var parent = Directory.CreateDirectory(Path.Combine(_folder, "parent")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(parent, name), elsewhere);
        Assert.Throws<IOException>(() => new PrivateFolders(parent));
    }

    [Fact]
    public void It_says_that_there_is_no_sandbox_and_why()
    {
        Assert.False(_launcher.Confinement.Sandboxed);
        Assert.Equal(
            "no sandbox: it is switched off; a prover can read and write what this node can, and use the network (docs/security.md)",
            _launcher.Confinement.Why);
    }
}
