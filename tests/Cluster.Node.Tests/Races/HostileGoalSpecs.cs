using System.Net;
using System.Net.Sockets;
using System.Text;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Races;

/// <summary>What a goal that means harm can do through real provers: nothing in the sandbox; without it, what docs/security.md says.</summary>
[Collection(nameof(Alone))]
public sealed class HostileGoalSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;

    private string Outside => Path.Combine(_folder, "written");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SandboxTheory("z3", "cvc5"), MemberData(nameof(HostileGoals.Names), MemberType = typeof(HostileGoals))]
    public async Task In_the_sandbox_no_goal_makes_a_prover_write_a_file(string option)
    {
        await RaceAsync(sandboxed: true, option, Outside);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [SandboxTheory("z3"), MemberData(nameof(HostileGoals.Names), MemberType = typeof(HostileGoals))]
    public async Task In_the_sandbox_no_goal_makes_a_prover_change_a_file_that_is_there(string option)
    {
        File.WriteAllText(Outside, "mine");
        await RaceAsync(sandboxed: true, option, Outside);
        Assert.Equal("mine", File.ReadAllText(Outside));
    }

    [RequiresTheory("z3"), MemberData(nameof(HostileGoals.Names), MemberType = typeof(HostileGoals))]
    public async Task The_fallback_does_not_stop_a_goal_from_making_its_prover_write_a_file(string option)
    {
        await RaceAsync(sandboxed: false, option, Outside);
        Assert.True(File.Exists(Outside));
    }

    [RequiresTheory("z3", "cvc5"), InSandbox, InFallback]
    public async Task A_goal_whose_answers_went_to_a_file_has_no_verdict(bool sandboxed)
    {
        var goal = HostileGoals.Writing(Outside)["regular-output-channel"];
        await using var node = await RaceNode.StartAsync(sandboxed);
        Assert.Equal(Verdict.Unknown, (await node.Race(goal, GoalLanguage.SmtLib2, ["z3", "cvc5"]).Answer).Verdict);
    }

    [Theory]
    [InlineData("include('/etc/passwd').", "include of '/etc/passwd' is absolute")]
    [InlineData("include('../secret.ax').", "include of '../secret.ax' leaves its folder")]
    [InlineData("include('a/../../secret.ax').", "include of 'a/../../secret.ax' leaves its folder")]
    [InlineData("include('link.ax').", "include of 'link.ax' goes through a link")]
    [InlineData("include('missing.ax').", "include of 'missing.ax' is not in the goal's folder")]
    public void An_include_that_escapes_is_refused_by_its_name(string problem, string refusal)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "goals")).FullName;
        File.WriteAllText(Path.Combine(_folder, "secret.ax"), "fof(secret, axiom, p).");
        File.CreateSymbolicLink(Path.Combine(folder, "link.ax"), "../secret.ax");
        Assert.False(TptpIncludes.TryInline(Encoding.UTF8.GetBytes(problem), new TptpFolders(folder, null), out _, out var rejection));
        Assert.Contains(refusal, rejection.Reason);
    }

    [Fact]
    public void A_problem_that_still_has_an_include_is_no_goal()
    {
        Assert.False(GoalReader.TryRead(GoalLanguage.Tptp, "include('/etc/passwd').\nfof(g, conjecture, $true).\n"u8.ToArray(), out _, out var rejection));
        Assert.Contains("include", rejection.Reason);
    }

    [Theory, InSandbox, InFallback]
    public async Task Another_runs_folder_is_hidden_by_the_sandbox_alone(bool sandboxed)
    {
        // Refuted is: seen. Below a run's folder without a sandbox are those of the node's other runs, by their numbers.
        var spy = Entry.Plays("spy", sandboxed ? "await list /run read /run/folder/secret" : "await list ../..")
            .With("""reading { proved = "not read: .*", refuted = "x|[0-9]+ [0-9].*" }""");
        await using var node = await RaceNode.StartAsync(sandboxed, Entry.Plays("holder", "write secret children 1 sleep 1000"), spy);
        var race = node.Race();
        await race.LiveAsync(2, backend: "holder");
        await race.CallAsync();
        Assert.Equal(sandboxed ? Verdict.Proved : Verdict.Refuted, (await race.Answer).Verdict);
        race.AssertNothingLives();
    }

    [Theory, InSandbox, InFallback]
    public async Task The_network_is_closed_by_the_sandbox_alone(bool sandboxed)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var caller = Entry.Plays("caller", $"connect 127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}")
            .With("""reading { proved = "not connected: .*", refuted = "connected" }""");
        await using var node = await RaceNode.StartAsync(sandboxed, caller);
        Assert.Equal(sandboxed ? Verdict.Proved : Verdict.Refuted, (await node.Race().Answer).Verdict);
        Assert.Equal(!sandboxed, listener.Pending());
    }

    private static async Task RaceAsync(bool sandboxed, string option, string path)
    {
        await using var node = await RaceNode.StartAsync(sandboxed);
        // One after the other: a loser might be dead before it writes.
        foreach (var backend in new[] { "z3", "cvc5" })
        {
            var race = node.Race(HostileGoals.Writing(path)[option], GoalLanguage.SmtLib2, [backend]);
            (await race.Answer).AssertAddsUp(planned: 1);
        }
    }
}
