using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Tests.Languages;

public sealed class Tptp_includes : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("includes").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Folder(string name) => Path.Combine(_root, name);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Folder(file))!);
        File.WriteAllText(Folder(file), text);
    }

    /// <summary>The inlined text without blank lines, or the rejection.</summary>
    private string Inline(string text, string? goal = "goal", string? tptp = "tptp")
    {
        var files = new TptpFolders(goal is null ? null : Folder(goal), tptp is null ? null : Folder(tptp));
        return TptpIncludes.TryInline(Texts.Bytes(text), files, out var inlined, out var rejection)
            ? string.Join("\n", Texts.String(inlined).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            : rejection.ToString();
    }

    [Fact]
    public void A_problem_without_includes_keeps_its_very_bytes() =>
        Assert.Equal("fof(a,axiom,p('include')).", Inline("fof(a,axiom,p('include'))."));

    [Fact]
    public void The_goals_folder_comes_first_then_the_library()
    {
        Write("goal/a.ax", "fof(a,axiom,here).");
        Write("tptp/a.ax", "fof(a,axiom,there).");
        Write("tptp/Axioms/b.ax", "fof(b,axiom,there). % note");
        Assert.Equal("fof(a,axiom,here).\nfof(b,axiom,there).\nfof(c,conjecture,p).", Inline("include('a.ax').\ninclude('Axioms/b.ax').\nfof(c,conjecture,p)."));
    }

    [Fact]
    public void A_selection_takes_the_named_formulas_only_also_from_nested_files()
    {
        Write("goal/a.ax", "fof(a1,axiom,p).\nfof('a2',axiom,q).\ninclude('b.ax').");
        Write("goal/b.ax", "fof(b1,axiom,r).\nfof(b2,axiom,s).");
        Assert.Equal("fof('a2',axiom,q).\nfof(b1,axiom,r).", Inline("include('a.ax', [a2, 'b1'])."));
    }

    [Fact]
    public void A_diamond_is_inlined_once()
    {
        Write("goal/a.ax", "include('c.ax').\nfof(a,axiom,p).");
        Write("goal/b.ax", "include('c.ax').\nfof(b,axiom,p).");
        Write("goal/c.ax", "fof(c,axiom,p).");
        Assert.Equal("fof(c,axiom,p).\nfof(a,axiom,p).\nfof(b,axiom,p).", Inline("include('a.ax'). include('b.ax'). include('c.ax',[c])."));
    }

    [Theory]
    [InlineData("include('/etc/passwd').", "include of '/etc/passwd' is absolute; only files below the goal's folder or the TPTP folder can be included")]
    [InlineData("include('../secret.ax').", "include of '../secret.ax' leaves its folder; only files below the goal's folder or the TPTP folder can be included")]
    [InlineData("include('x/../../secret.ax').", "include of 'x/../../secret.ax' leaves its folder; only files below the goal's folder or the TPTP folder can be included")]
    [InlineData("include('none.ax').", "include of 'none.ax' is neither in the goal's folder nor in the TPTP folder")]
    [InlineData("include('link.ax').", "include of 'link.ax' goes through a link")]
    [InlineData("include('linked/secret.ax').", "include of 'linked/secret.ax' goes through a link")]
    [InlineData("include('self.ax').", "include of 'self.ax': include of 'self.ax': it includes itself")]
    [InlineData("include('ping.ax').", "include of 'ping.ax': include of 'pong.ax': include of 'ping.ax': it includes itself")]
    [InlineData("include('pair.ax',[a,nobody]).", "include of 'pair.ax': it has no formula named nobody")]
    [InlineData("include('pair.ax',nobody).", "include of 'pair.ax': its selection is not a list of names")]
    [InlineData("include('pair.ax',[a,]).", "include of 'pair.ax': its selection is not a list of names")]
    [InlineData("include('broken.ax').", "include of 'broken.ax': line 1, column 4: a parenthesis that is never closed")]
    [InlineData("include('bytes.ax').", "include of 'bytes.ax': line 1, column 2: control character 0x01: this is not a text")]
    [InlineData("include('').", "include of '' has no name")]
    [InlineData("include('folder').", "include of 'folder' is neither in the goal's folder nor in the TPTP folder")]
    public void What_cannot_be_included_is_refused_by_name(string text, string sentence)
    {
        Write("secret.ax", "fof(s,axiom,p).");
        Write("goal/folder/x.ax", "");
        Write("goal/pair.ax", "fof(a,axiom,p). fof(b,axiom,q).");
        Write("goal/self.ax", "include('self.ax').");
        Write("goal/ping.ax", "include('pong.ax').");
        Write("goal/pong.ax", "include('ping.ax').");
        Write("goal/broken.ax", "fof(a");
        Write("goal/bytes.ax", "a\u0001");
        File.CreateSymbolicLink(Folder("goal/link.ax"), Folder("secret.ax"));
        Directory.CreateSymbolicLink(Folder("goal/linked"), _root);
        Assert.Equal("line 1, column 1: " + sentence, Inline(text));
    }

    [Fact]
    public void Without_any_folder_nothing_can_be_included() =>
        Assert.Equal("line 2, column 1: include of 'a.ax' is not in the goal's folder, and no TPTP folder is set", Inline("\ninclude('a.ax').", null, null));

    [Fact]
    public void An_explosion_of_includes_ends_soon()
    {
        for (var level = 0; level < 30; level++)
            Write($"goal/{level}.ax", $"include('{level + 1}.ax'). include('{level + 1}.ax').");
        Write("goal/30.ax", "fof(a,axiom,p).");
        Assert.Contains("more than 10000 includes", Inline("include('0.ax')."));
    }
}
