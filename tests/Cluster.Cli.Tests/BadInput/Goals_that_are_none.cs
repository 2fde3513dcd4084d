namespace ProverCluster.Cli.Tests.BadInput;

/// <summary>Each is rejected in a sentence, beside a good goal that is answered all the same.</summary>
[Collection(OneByOne.Name)]
public sealed class Goals_that_are_none : IDisposable
{
    private readonly ProveProcess _prove = new();

    public void Dispose() => _prove.Dispose();

    [RequiresFact("z3")]
    public async Task All_sorts_of_texts_that_are_no_goals()
    {
        (string Name, string Text, string Sentence)[] goals =
        [
            ("empty.smt2", "", "the goal is empty"),
            ("two-checks.smt2", "(check-sat)\n(check-sat)", "line 2, column 1: a second check: a goal has exactly one check-sat or check-sat-assuming"),
            ("no-check.smt2", "(declare-const p Bool)", "no check-sat: there is nothing to decide"),
            ("exit-first.smt2", "(exit)(check-sat)", "line 1, column 1: exit before the check"),
            ("unbalanced.smt2", "(assert (and true)\n(check-sat)", "line 1, column 1: a parenthesis that is never closed"),
            ("too-many-clauses.cnf", "p cnf 2 1\n1 0\n2 0\n", "the header lies: it declares 1 clauses and there are 2"),
            ("too-large-literal.cnf", "p cnf 1 1\n2 0\n", "line 2, column 1: literal 2 is out of range: the header declares 1 variables"),
            ("missing-include.p", "include('Axioms/no.ax').\nfof(c, conjecture, p).",
                "line 1, column 1: include of 'Axioms/no.ax' is not in the goal's folder, and no TPTP folder is set"),
            ("escaping-include.p", "include('../other.ax').\nfof(c, conjecture, p).",
                "line 1, column 1: include of '../other.ax' leaves its folder; only files below the goal's folder or the TPTP folder can be included"),
            ("absolute-include.p", "include('/etc/passwd').\nfof(c, conjecture, p).",
                "line 1, column 1: include of '/etc/passwd' is absolute; only files below the goal's folder or the TPTP folder can be included"),
            ("own-include.p", "include('own-include.p').\nfof(c, conjecture, p).",
                "line 1, column 1: include of 'own-include.p': include of 'own-include.p': it includes itself"),
            ("no-ending", ProveProcess.Good, "its language is not known from its ending (known are .smt2, .p, .tptp, .cnf, .dimacs): say --language (smtlib2, tptp, dimacs)"),
        ];
        foreach (var (name, text, _) in goals)
            _prove.File(name, text);

        await _prove.RunAsync([.. goals.Select(goal => goal.Name), "good.smt2"]);
        Assert.All(goals, goal => _prove.RejectedBesideTheGood($"{goal.Name}: {goal.Sentence}"));
        Assert.Contains($"{goals.Length + 1} goals in ", _prove.Error);
    }

    [RequiresFact("z3")]
    public async Task A_file_that_is_not_text_and_one_that_is_not_utf8()
    {
        _prove.File("image.smt2", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
        _prove.File("latin1.smt2", [.. "(set-info :source |Fran"u8, 0xe7, .. "ois|)(check-sat)"u8]);
        await _prove.RunAsync("image.smt2", "latin1.smt2", "good.smt2");
        _prove.RejectedBesideTheGood("latin1.smt2: line 1, column 24: invalid UTF-8: this is not a text");
        Assert.Contains("this is not a text", _prove.Output.Split('\n')[0]);
    }

    [RequiresFact("z3")]
    public async Task Files_that_cannot_be_read()
    {
        File.CreateSymbolicLink(_prove.Path("dangling.smt2"), "nowhere");
        File.CreateSymbolicLink(_prove.Path("loop.smt2"), "loop.smt2");
        // Root can open everything, but nobody can read this from its beginning.
        await _prove.RunAsync("--language", "smtlib2", "missing.smt2", "dangling.smt2", "loop.smt2", "/proc/self/mem", "good.smt2");
        _prove.RejectedBesideTheGood("missing.smt2: there is no such file");
        _prove.RejectedBesideTheGood("dangling.smt2: there is no such file");
        _prove.RejectedBesideTheGood("loop.smt2: Too many levels of symbolic links");
        _prove.RejectedBesideTheGood("/proc/self/mem: Input/output error");
    }

    [RequiresFact("z3")]
    public async Task A_folder_without_goals_and_one_that_holds_a_link_to_itself()
    {
        _prove.File("none/readme.txt", "nothing here");
        _prove.File("circle/a.smt2", ProveProcess.Good);
        Directory.CreateSymbolicLink(_prove.Path("circle/again"), "../circle");
        await _prove.RunAsync("none", "circle", "good.smt2");
        _prove.RejectedBesideTheGood("none: the folder holds no goals (no file that ends in .smt2, .p, .tptp, .cnf, .dimacs)");
        Assert.Equal(2, _prove.Output.Split('\n').Count(line => line.StartsWith("proved", StringComparison.Ordinal)));
    }

    [RequiresFact("z3")]
    public async Task Names_with_spaces_quotes_line_ends_and_escape_sequences()
    {
        string[] names = ["a b.smt2", "it's \"quoted\" $HOME `x`.smt2", "*.smt2", "two\nlines.smt2", "\u001b[31mred\u001b[0m.smt2", "-.smt2", "--.smt2"];
        foreach (var name in names)
            _prove.File(name, ProveProcess.Good);

        await _prove.RunAsync(["--", .. names, "good.smt2"]);
        Assert.Equal(0, _prove.Code);
        var lines = _prove.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(names.Length + 1, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("proved ", line));
        Assert.EndsWith(@"  two\nlines.smt2", lines[3]);
        Assert.EndsWith(@"  \x1b[31mred\x1b[0m.smt2", lines[4]);
    }

    [RequiresFact("z3")]
    public async Task A_file_of_a_hundred_megabytes_costs_neither_time_nor_memory()
    {
        using (var large = new FileStream(_prove.Path("large.smt2"), FileMode.CreateNew))
        {
            large.Write("(check-sat)\n"u8);
            large.SetLength(100_000_000);
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        await _prove.RunAsync("large.smt2", "good.smt2");
        _prove.RejectedBesideTheGood("large.smt2: the goal has 100,000,000 bytes and may have 67,108,864 (64 MiB)");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.InRange(_prove.PeakBytes, 1, 300L << 20);
    }

    [RequiresFact("z3")]
    public async Task A_file_without_an_end()
    {
        await _prove.RunAsync("--language", "smtlib2", "/dev/zero", "good.smt2");
        _prove.RejectedBesideTheGood("/dev/zero: the goal has more than the 67,108,864 bytes (64 MiB) that it may have");
    }
}
