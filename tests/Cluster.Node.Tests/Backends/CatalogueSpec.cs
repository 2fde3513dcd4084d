using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Tests.Backends;

public sealed class CatalogueSpec
{
    private static readonly SettingsFiles Shipped = SettingsFiles.LoadShipped();

    [Fact]
    public void The_shipped_entries_should_be_these_in_this_order() => Assert.Equal(
        "z3 cvc5 eprover spass cadical minisat picosat cryptominisat5 cvc4 boolector bitwuzla yices alt-ergo vampire iprover zipperposition kissat".Split(' '),
        Catalogue("").Names.Select(name => name.Value));

    [Fact]
    public void A_block_named_after_a_language_should_override()
    {
        var z3 = Catalogue("z3").Find(Name("z3"), GoalLanguage.Dimacs)!;
        Assert.Equal(["-dimacs", "{goal}"], z3.Backend.Arguments);
        Assert.Equal(new BackendReading.Dimacs(), z3.Backend.Reading);
        Assert.Equal("goal.cnf", z3.Backend.GoalFileName);
        Assert.Equal(["--version"], z3.Backend.VersionArguments);
        Assert.Equal("/bin/z3", z3.Path);
        Assert.Equal(new BackendReading.SmtLib2(), Catalogue("").Find(Name("z3"), GoalLanguage.SmtLib2)!.Backend.Reading);
        Assert.Null(Catalogue("").Find(Name("z3"), GoalLanguage.Tptp));
    }

    [Fact]
    public void A_file_of_ones_own_should_change_one_key_and_add_entries_at_the_end()
    {
        var catalogue = Catalogue("", """
            prover-cluster.backends {
              z3.arguments = ["-smt2", "-st", "{goal}"]
              mine { languages = [smtlib2], executable = "/opt/mine", arguments = ["{goal}"], reading { proved = "YES", refuted = "NO" } environment { LANG = C } }
            }
            """);
        Assert.Equal(["-smt2", "-st", "{goal}"], catalogue.Find(Name("z3"), GoalLanguage.SmtLib2)!.Backend.Arguments);
        Assert.Equal(["-dimacs", "{goal}"], catalogue.Find(Name("z3"), GoalLanguage.Dimacs)!.Backend.Arguments);
        var mine = catalogue.Find(Name("mine"), GoalLanguage.SmtLib2)!.Backend;
        Assert.Equal("mine", catalogue.Names[^1].Value);
        Assert.Equal(new BackendReading.Patterns("YES", "NO"), mine.Reading);
        Assert.Equal([0], mine.AcceptedExits);
        Assert.Equal("C", mine.Environment["LANG"]);
        Assert.True(mine.Default);
    }

    [Theory]
    [InlineData("", "z3 cvc5", "z3! cvc5!")]
    [InlineData("", "z3", "z3! cvc5")]
    [InlineData("", "z3 cvc5 cvc4", "z3! cvc5! cvc4!")]
    [InlineData("cvc5,z3", "z3", "cvc5 z3!")]
    [InlineData("yices,z3", "z3", "yices z3!")]
    [InlineData("cadical,z3", "z3 cadical", "z3!")]
    public void A_goal_should_be_raced_on_these(string wanted, string installed, string planned)
    {
        var plan = Catalogue(installed).Plan(GoalLanguage.SmtLib2, Names(wanted));
        Assert.Equal(planned, string.Join(' ', plan.Backends.Select(each => each.Backend.Name + (each.IsAvailable ? "!" : ""))));
        Assert.Null(plan.Rejection);
    }

    [Theory]
    [InlineData("", "z3", "no prover for tptp is installed: looked for cvc5, eprover, SPASS; install with: apt-get install cvc5 eprover spass")]
    [InlineData("vampire", "z3", "no prover for tptp is installed: looked for vampire; install one of them")]
    [InlineData("cadical,minisat", "cadical", "none of the wanted backends (cadical, minisat) reads tptp; those that do are cvc5, eprover, spass, cvc4, vampire, iprover, zipperposition")]
    public void A_goal_that_nobody_can_race_should_be_rejected_with_what_to_do(string wanted, string installed, string sentence) =>
        Assert.Equal(sentence, Catalogue(installed).Plan(GoalLanguage.Tptp, Names(wanted)).Rejection);

    [Fact]
    public void The_width_of_a_race_should_be_that_of_the_widest_language()
    {
        Assert.Equal(4, Catalogue("z3 cadical minisat picosat cvc5").RaceWidth([]));
        Assert.Equal(1, Catalogue("z3 cadical minisat").RaceWidth([Name("z3")]));
    }

    [Fact]
    public void Limits_should_be_filled_into_the_arguments()
    {
        var entry = Catalogue("", "prover-cluster.backends.z3.arguments = [\"-T:{timeout-s}\", \"-memory:{memory-mib}\", \"{goal}\", \"{folder}/x\"]").Find(Name("z3"), GoalLanguage.SmtLib2)!.Backend;
        Assert.Equal(["-T:2", "-memory:1024", "{goal}", "{folder}/x"], entry.ArgumentsFor(TimeSpan.FromMilliseconds(1001), 1L << 30));
        Assert.Equal("-T:1", entry.ArgumentsFor(TimeSpan.FromMilliseconds(-5), 1L << 30)[0]);
    }

    [Theory]
    [InlineData("z3.argumnets = []", "z3.argumnets is not a known key (did you mean 'arguments'?)")]
    [InlineData("z3.dimacs.argumnets = []", "z3.dimacs.argumnets is not a known key (did you mean 'arguments'?)")]
    [InlineData("z3.dimacs.languages = []", "z3.dimacs.languages is not a known key")]
    [InlineData("z3.tptp { }", "z3.tptp is not a known key")]
    [InlineData("z3.arguments = \"-smt2\"", "z3.arguments is '-smt2', but a list in brackets, each a text, in it no placeholder but {goal}, {timeout-s}, {memory-mib}, {folder} is wanted")]
    [InlineData("z3.arguments = [\"{gaol}\"]", "z3.arguments is '{gaol}', but a text, in it no placeholder but {goal}, {timeout-s}, {memory-mib}, {folder} is wanted")]
    [InlineData("z3.languages = []", "z3.languages is '[...]', but a list of languages (smtlib2, tptp, dimacs) is wanted")]
    [InlineData("z3.languages = [coq]", "z3.languages is 'coq', but smtlib2 or tptp or dimacs is wanted")]
    [InlineData("z3.languages = [smtlib2, smtlib2]", "z3.languages is '[...]', but a list of languages (smtlib2, tptp, dimacs) is wanted")]
    [InlineData("z3.executable = \"bin/z3\"", "z3.executable is 'bin/z3', but the name of a program on PATH, or an absolute path is wanted")]
    [InlineData("z3.executable = \"\"", "z3.executable is '', but the name of a program on PATH, or an absolute path is wanted")]
    [InlineData("z3.reading = smtlib", "z3.reading is 'smtlib', but smtlib2 or szs or dimacs or { proved = \"...\", refuted = \"...\" } is wanted")]
    [InlineData("z3.reading { won = x }", "z3.reading is '{...}', but smtlib2 or szs or dimacs or { proved = \"...\", refuted = \"...\" } is wanted")]
    [InlineData("z3.reading { proved = \"(\" }", "z3.reading.proved is '(', but a regular expression without look-around or back-references is wanted")]
    [InlineData("z3.malformed = [\"(?=x)\"]", "z3.malformed is '(?=x)', but a regular expression without look-around or back-references is wanted")]
    [InlineData("z3.accepted-exits = [256]", "z3.accepted-exits is '256', but a whole number from 0 to 255 is wanted")]
    [InlineData("z3.accepted-exits = [zero]", "z3.accepted-exits is 'zero', but a whole number from 0 to 255 is wanted")]
    [InlineData("z3.result-file = \"../x\"", "z3.result-file is '../x', but the name of a file without a folder, or nothing is wanted")]
    [InlineData("z3.environment { \"1A\" = x }", "z3.environment.1A is not a name of an environment variable")]
    [InlineData("z3.default = maybe", "z3.default is 'maybe', but yes or no is wanted")]
    [InlineData("Z3 { }", "Z3 is not a backend's name: 1 to 32 lower-case letters, digits, '_', '+' or '-'")]
    public void A_wrong_key_or_value_should_stop_the_start_with_file_and_key(string hocon, string sentence) =>
        Assert.Equal("my.conf: prover-cluster.backends." + sentence, Assert.Throws<SettingsException>(() => Catalogue("", $"prover-cluster.backends {{ {hocon} }}")).Message);

    [Theory]
    [InlineData("/")]
    [InlineData("/tmp")]
    [InlineData("/tmp/")]
    [InlineData("/home")]
    [InlineData("/root")]
    [InlineData("/proc/self")]
    [InlineData("/usr/../tmp")]
    [InlineData("lib")]
    [InlineData("")]
    public void A_prover_should_not_be_shown_everything(string folder) => Assert.Contains(
        $"z3.read-only is '{folder}', but a list in brackets"[..^20],
        Assert.Throws<SettingsException>(() => Catalogue("", $"prover-cluster.backends.z3.read-only = [\"{folder}\"]")).Message);

    [Fact]
    public void An_entry_without_what_it_needs_should_be_told() => Assert.Equal(
        "prover-cluster.backends.mine.executable stands in no file, but the name of a program on PATH, or an absolute path is wanted",
        Assert.Throws<SettingsException>(() => Catalogue("", "prover-cluster.backends.mine { languages = [tptp] }")).Message);

    [Fact]
    public void Every_shipped_pattern_should_be_one()
    {
        foreach (var language in GoalLanguages.All)
        foreach (var entry in Catalogue("").Plan(language.Language, Catalogue("").Names).Backends.Select(each => each.Backend))
            Assert.All(entry.Malformed, pattern => Assert.True(BackendValues.Pattern.TryRead(pattern, out _), $"{entry.Name}: {pattern}"));
    }

    private static BackendCatalogue Catalogue(string installed, string hocon = "") => BackendCatalogue.Read(
        Shipped.With("my.conf", hocon),
        program => installed.Split(' ').Contains(program) ? "/bin/" + program : null);

    private static BackendName Name(string name) => BackendName.Parse(name);

    private static BackendName[] Names(string names) => [.. names.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Name)];
}
