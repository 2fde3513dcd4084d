using System.Text;
using ProverCluster.Client.Tests.World;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Tests;

/// <summary>What is read on this side of the wire: files and includes. What cannot be had is a rejected goal, and nobody is asked.</summary>
public sealed class Goals_and_their_texts : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("client-goals-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name, string text = ClientWorld.Text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    [Theory]
    [InlineData("a.smt2", "application/smtlib2")]
    [InlineData("a.p", "application/tptp")]
    [InlineData("a.DIMACS", "application/dimacs")]
    public async Task A_file_is_sent_as_it_is_in_the_language_of_its_ending(string name, string type)
    {
        await using var world = await ClientWorld.StartAsync();
        var path = File(name, "% grün\n");
        var result = await world.Prover.ProveAsync(Goal.FromFile(path));
        var post = world.Nodes[0].Requests.First();
        Assert.Equal((type, "% grün\n", path), (post.ContentType, post.Body, result.Name));
    }

    [Fact]
    public async Task Includes_are_looked_for_beside_the_file_and_in_the_library()
    {
        await using var world = await ClientWorld.StartAsync(change: options => options with { TptpFolder = Path.Combine(_folder, "tptp") });
        File("near.ax", "fof(near,axiom,p).");
        File("tptp/Axioms/far.ax", "fof(far,axiom,q).");
        await world.Prover.ProveAsync(Goal.FromFile(File("a.p", "include('near.ax').\ninclude('Axioms/far.ax').\nfof(c,conjecture,p).")));
        await world.Prover.ProveAsync(Goal.FromText("include('Axioms/far.ax').", GoalLanguage.Tptp));
        Assert.Equal(
            ["fof(near,axiom,p).|fof(far,axiom,q).|fof(c,conjecture,p).", "fof(far,axiom,q)."],
            world.Nodes[0].Requests.Where(request => request.Kind == "POST").Select(request => string.Join('|', request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Theory]
    [InlineData("none.p", null, "there is no such file")]
    [InlineData("none/a.p", null, "there is no such file")]
    [InlineData("a.p", "include('../secret.ax').", "line 1, column 1: include of '../secret.ax' leaves its folder; only files below the goal's folder or the TPTP folder can be included")]
    [InlineData("a.smt2", "", "the goal is empty")]
    [InlineData("a.smt2", "(assert\u0001)", "line 1, column 8: control character 0x01: this is not a text")]
    public async Task A_text_that_cannot_be_had_is_rejected_without_asking_anybody(string name, string? text, string reason)
    {
        await using var world = await ClientWorld.StartAsync();
        var (path, heard) = (text is null ? Path.Combine(_folder, name) : File(name, text), new Heard());
        var result = await world.Prover.ProveAsync(Goal.FromFile(path), progress: heard);
        Assert.Equal((Verdict.Rejected, reason, path, "Settled"), (result.Verdict, result.Reason, result.Name, heard.Rest()));
        Assert.Empty(world.Nodes[0].Requests);
    }

    [Fact]
    public async Task A_folder_and_a_text_that_is_too_long_are_rejected_too()
    {
        await using var world = await ClientWorld.StartAsync();
        Directory.CreateDirectory(Path.Combine(_folder, "folder.smt2"));
        Assert.Equal("it is a folder", (await world.Prover.ProveAsync(Goal.FromFile(Path.Combine(_folder, "folder.smt2")))).Reason);
        using (var file = System.IO.File.Create(Path.Combine(_folder, "long.smt2"))) file.SetLength(GoalReader.MaxBytes + 1);
        Assert.Equal("the goal has 67,108,865 bytes and may have 67,108,864 (64 MiB)", (await world.Prover.ProveAsync(Goal.FromFile(Path.Combine(_folder, "long.smt2")))).Reason);
        Assert.Equal("line 1, column 1: invalid UTF-8: this is not a text", (await world.Prover.ProveAsync(Goal.FromText(new byte[] { 0xff }, GoalLanguage.Dimacs))).Reason);
        Assert.Empty(world.Nodes[0].Requests);
    }

    [Fact]
    public async Task A_file_is_read_when_its_turn_comes()
    {
        await using var world = await ClientWorld.StartAsync();
        var path = File("later.smt2", "first");
        var goal = Goal.FromFile(path);
        System.IO.File.WriteAllText(path, "then", new UTF8Encoding(false));
        await world.Prover.ProveAsync(goal);
        Assert.Equal("then", world.Nodes[0].Requests.First().Body);
    }

    [Fact]
    public void An_ending_that_tells_nothing_wants_a_language()
    {
        Assert.Equal("the language of 'a.txt' is not known from its ending: say which it is", Assert.Throws<ArgumentException>(() => Goal.FromFile("a.txt")).Message);
        Assert.Equal(GoalLanguage.Tptp, Goal.FromFile("a.txt", GoalLanguage.Tptp).Language);
        Assert.Throws<ArgumentException>(() => Goal.FromFile(""));
    }
}
