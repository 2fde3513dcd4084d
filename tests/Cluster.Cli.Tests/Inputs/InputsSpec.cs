using System.Text;

namespace ProverCluster.Cli.Tests.Inputs;

public sealed class InputsSpec : IDisposable
{
    private readonly ProveHarness _prove = new();

    public void Dispose() => _prove.Dispose();

    [Fact]
    public async Task A_folder_should_be_walked_by_known_endings_in_order_and_no_link_followed()
    {
        _prove.File("d/b.smt2");
        _prove.File("d/a/z.p", ProveHarness.Tptp);
        _prove.File("d/a.b/y.CNF", ProveHarness.Cnf);
        _prove.File("d/notes.txt", "no goal");
        _prove.File("elsewhere/c.smt2");
        Directory.CreateSymbolicLink(_prove.Path("d/linked"), _prove.Path("elsewhere"));
        Directory.CreateSymbolicLink(_prove.Path("d/circle"), _prove.Path("d"));
        File.CreateSymbolicLink(_prove.Path("d/link.smt2"), _prove.Path("elsewhere/c.smt2"));
        Assert.Equal(0, await _prove.RunAsync(_prove.Path("d")));
        Assert.Equal(["d/a.b/y.CNF", "d/a/z.p", "d/b.smt2"], Names());
    }

    [Fact]
    public async Task In_a_folder_a_language_should_choose_among_the_endings()
    {
        _prove.File("d/b.smt2");
        _prove.File("d/a.p", ProveHarness.Tptp);
        await _prove.RunAsync("--language", "tptp", _prove.Path("d"));
        Assert.Equal(["d/a.p"], Names());
    }

    [Fact]
    public async Task Standard_input_should_be_a_goal_when_its_language_is_said()
    {
        using var prove = new ProveHarness { Input = Encoding.UTF8.GetBytes(ProveHarness.Smt) };
        Assert.Equal(0, await prove.RunAsync("--language", "smtlib2", "-"));
        Assert.EndsWith("  -\n", prove.Output.ToString());
    }

    [Fact]
    public async Task A_file_of_any_name_should_be_a_goal_when_its_language_is_said() =>
        Assert.Equal(0, await _prove.RunAsync("--language", "smtlib2", _prove.File("goal.txt")));

    [Fact]
    public async Task An_include_should_be_found_beside_the_goal()
    {
        _prove.File("ax/one.ax", "fof(a, axiom, q).\n");
        Assert.Equal(0, await _prove.RunAsync(_prove.File("a.p", "include('ax/one.ax').\nfof(c, conjecture, q).\n")));
    }

    public static TheoryData<string, byte[]?, string> Rejections => new()
    {
        { "missing.smt2", null, "there is no such file" },
        { "odd.txt", "x"u8.ToArray(), "its language is not known from its ending (known are .smt2, .p, .tptp, .cnf, .dimacs): say --language (smtlib2, tptp, dimacs)" },
        { "empty.smt2", [], "the goal is empty" },
        { "two.smt2", "(check-sat)(check-sat)"u8.ToArray(), "line 1, column 12: a second check: a goal has exactly one check-sat or check-sat-assuming" },
        { "none.smt2", "(set-logic ALL)"u8.ToArray(), "no check-sat: there is nothing to decide" },
        { "exit.smt2", "(exit)(check-sat)"u8.ToArray(), "line 1, column 1: exit before the check" },
        { "binary.smt2", [0, 1, 2, 3], "line 1, column 1: control character 0x00: this is not a text" },
        { "utf8.smt2", [(byte)';', 0xc3, 0x28, (byte)'\n'], "line 1, column 2: invalid UTF-8: this is not a text" },
    };

    [Theory]
    [MemberData(nameof(Rejections))]
    public async Task What_is_no_goal_should_be_rejected_in_one_sentence(string name, byte[]? text, string sentence)
    {
        var path = text is null ? _prove.Path(name) : _prove.File(name, text);
        Assert.Equal(3, await _prove.RunAsync(path));
        Assert.Equal($"rejected           -  -        {name}: {sentence}\n", _prove.Shown(_prove.Output));
        Assert.Empty(_prove.Races.Goals);
    }

    [Theory]
    [InlineData("unbalanced.smt2", "(assert (and p\n(check-sat)\n")]
    [InlineData("lying.cnf", "p cnf 1 5\n1 0\n")]
    [InlineData("missing-include.p", "include('nowhere.ax').\nfof(c, conjecture, p).\n")]
    [InlineData("escaping-include.p", "include('../../etc/passwd').\nfof(c, conjecture, p).\n")]
    [InlineData("absolute-include.p", "include('/etc/passwd').\nfof(c, conjecture, p).\n")]
    public async Task What_the_reader_refuses_should_be_rejected(string name, string text)
    {
        Assert.Equal(3, await _prove.RunAsync(_prove.File(name, text), _prove.File("good.smt2")));
        Assert.StartsWith("rejected ", _prove.Lines[0]);
        Assert.StartsWith("proved ", _prove.Lines[1]);
        Assert.DoesNotContain("root:", _prove.Lines[0]);
    }

    [Fact]
    public async Task A_goal_longer_than_allowed_should_be_rejected_without_reading_it()
    {
        var path = _prove.Path("long.smt2");
        using (var file = File.Create(path)) file.SetLength(100_000_000);
        Assert.Equal(3, await _prove.RunAsync(path));
        Assert.Equal("rejected           -  -        long.smt2: the goal has 100,000,000 bytes and may have 67,108,864 (64 MiB)\n", _prove.Shown(_prove.Output));
    }

    [Fact]
    public async Task An_endless_stream_should_be_rejected_too()
    {
        Assert.Equal(3, await _prove.RunAsync("--language", "smtlib2", "/dev/zero"));
        Assert.Contains("the goal has more than the 67,108,864 bytes (64 MiB) that it may have", _prove.Output.ToString());
    }

    [Fact]
    public async Task A_goal_longer_than_the_configuration_allows_should_be_rejected()
    {
        var config = _prove.File("my.conf", "prover-cluster.goals.max-text = 1KiB\n");
        Assert.Equal(3, await _prove.RunAsync("--config", config, _prove.File("long.smt2", new string(' ', 2000) + ProveHarness.Smt)));
        Assert.Matches(@"long\.smt2: the goal has 2,\d{3} bytes and may have 1,024 \(goals\.max-text\)\n$", _prove.Output.ToString());
    }

    [Fact]
    public async Task A_folder_without_goals_should_be_rejected()
    {
        _prove.File("d/notes.txt", "no goal");
        Assert.Equal(3, await _prove.RunAsync(_prove.Path("d")));
        Assert.EndsWith("d: the folder holds no goals (no file that ends in .smt2, .p, .tptp, .cnf, .dimacs)\n", _prove.Output.ToString());
    }

    [Fact]
    public async Task Standard_input_without_a_language_should_be_rejected()
    {
        Assert.Equal(3, await _prove.RunAsync("-", _prove.File("good.smt2")));
        Assert.EndsWith("-: standard input has no ending that tells its language: say --language (smtlib2, tptp, dimacs)", _prove.Lines[0]);
        Assert.StartsWith("proved", _prove.Lines[1]);
    }

    [Fact]
    public async Task A_named_pipe_in_a_folder_should_be_left_alone()
    {
        _prove.File("d/a.smt2");
        await System.Diagnostics.Process.Start("mkfifo", [_prove.Path("d/pipe.smt2")]).WaitForExitAsync();
        Assert.Equal(0, await _prove.RunAsync(_prove.Path("d")));
        Assert.Equal(["d/a.smt2"], Names());
    }

    private IEnumerable<string> Names() => _prove.Shown(_prove.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("  ")[^1].Trim());
}
