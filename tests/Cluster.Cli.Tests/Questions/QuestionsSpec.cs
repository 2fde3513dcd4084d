using ProverCluster.Cli.Arguments;
using ProverCluster.Cli.Questions;
using ProverCluster.Client;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Tests.Questions;

public sealed class QuestionsSpec : IDisposable
{
    private static readonly GoalId Id = GoalId.Parse("my-goal");

    private readonly ProveHarness _prove = new();

    public void Dispose() => _prove.Dispose();

    [Fact]
    public async Task Status_should_list_the_goals_as_the_cluster_does()
    {
        _prove.Cluster.Goals = [Open("newer"), Settled("older")];
        Assert.Equal(0, await _prove.RunAsync("status", "--state", "open", "--label", "k=v"));
        Assert.Equal(["open               -  -               newer  a.smt2", "proved       12.0 ms  z3              older  a.smt2"], _prove.Lines);
        Assert.Equal((GoalState.Open, "v"), (_prove.Cluster.Listed.State, _prove.Cluster.Listed.Labels!["k"]));
        Assert.Equal(["http://127.0.0.1:8081"], _prove.Connected!.Endpoints);
    }

    [Fact]
    public async Task Status_of_one_goal_should_show_its_runs_when_they_are_wanted()
    {
        _prove.Cluster.Goals = [Settled("my-goal")];
        Assert.Equal(0, await _prove.RunAsync("status", "my-goal", "--runs", "--cluster", "http://10.0.0.7:8081"));
        Assert.Matches("backend +version +node +outcome", _prove.Lines[1]);
        Assert.Matches("cvc5 +- +here +preempted", _prove.Lines[3]);
        Assert.Equal(["http://10.0.0.7:8081"], _prove.Connected!.Endpoints);
    }

    [Fact]
    public async Task Status_in_JSON_should_be_the_object_of_the_HTTP_interface()
    {
        _prove.Cluster.Goals = [Open("my-goal")];
        Assert.Equal(0, await _prove.RunAsync("status", "--json"));
        Assert.StartsWith("""{"id":"my-goal","state":"open","cached":false,"goal":"a.smt2","verdict":null,""", Assert.Single(_prove.Lines));
    }

    [Fact]
    public async Task An_unknown_goal_should_be_told()
    {
        Assert.Equal(3, await _prove.RunAsync("status", "nobody"));
        Assert.Equal("prove: the cluster does not know it", _prove.Sentence);
    }

    [Fact]
    public async Task Watch_should_print_what_happens_until_it_is_settled_and_leave_as_of_that_goal()
    {
        var row = Stories.Refuted(FakeCluster.Goal(Id, "a.smt2")).Runs[1];
        _prove.Cluster.Goals = [Open("my-goal")];
        _prove.Cluster.Story =
        [
            new RaceEvent.Accepted(Id, [BackendName.Parse("z3"), BackendName.Parse("cvc5")]),
            new RaceEvent.RunStarted(Id, row.Run, "10.0.0.7:4051", Stories.Ms(0.6)),
            new RaceEvent.Decided(Id, Verdict.Refuted, SzsStatus.Satisfiable, BackendName.Parse("z3"), Stories.Ms(12)),
            new RaceEvent.RunEnded(Id, row),
            new RaceEvent.Settled(Id, new ProveResult(Stories.Refuted(FakeCluster.Goal(Id, "a.smt2")), IsCached: false)),
        ];
        Assert.Equal(1, await _prove.RunAsync("watch", "my-goal"));
        Assert.Equal(
            ["   0.0 ms  accepted, raced by z3, cvc5", "   0.6 ms  cvc5 started on 10.0.0.7:4051", "  12.0 ms  refuted by z3 (Satisfiable)", "  14.6 ms  cvc5 preempted: z3 proved the goal", "  14.6 ms  settled: refuted"],
            _prove.Lines);
    }

    [Fact]
    public async Task Withdraw_should_give_up_every_goal_that_is_named()
    {
        _prove.Cluster.Goals = [Open("one"), Open("two")];
        Assert.Equal(0, await _prove.RunAsync("withdraw", "one", "two"));
        Assert.Equal(["one", "two"], _prove.Cluster.Withdrawn.Select(id => id.Value));
        Assert.Equal(2, _prove.Lines.Length);
    }

    [Fact]
    public async Task Backends_should_be_those_of_this_machine_or_of_the_cluster_that_is_named()
    {
        string[] table = ["here: 3 of 4 slots free, 1 goals wait", "  backend  version  languages", "  z3       4.8.12   dimacs, smtlib2", "  eprover  -        tptp"];
        Assert.Equal(0, await _prove.RunAsync("backends"));
        Assert.Equal(table, _prove.Lines);
        Assert.Null(_prove.Connected);
        Assert.Equal(0, await _prove.RunAsync("backends", "--cluster", "http://127.0.0.1:1"));
        Assert.Equal([.. table, .. table], _prove.Lines);
        Assert.NotNull(_prove.Connected);
    }

    [Fact]
    public async Task The_cache_should_be_shown_page_by_page_and_emptied()
    {
        var from = new VerdictProvenance(
            BackendName.Parse("z3"), "4.8.12", null, "here", SzsStatus.Unsatisfiable, "unsat", 0, [BackendName.Parse("cvc5")], 1_764_106_800_123, 1_764_106_812_345, Stories.Ms(12), null);
        foreach (var key in new[] { "0123456789abcdef0123", "fedcba98765432100123" })
            _prove.Cluster.Cached.Add(new CacheEntry(key, GoalLanguage.SmtLib2, Verdict.Proved, 512, from));
        Assert.Equal(0, await _prove.RunAsync("cache", "show"));
        Assert.Equal(["2 verdicts, 1.0 KiB", "proved     smtlib2  0123456789abcdef  from an earlier race: z3 4.8.12 in 12.0 ms on here, 2025-11-25 21:40:12 UTC, and cvc5 agreed"], _prove.Lines.Take(2));
        Assert.StartsWith("proved     smtlib2  fedcba9876543210  ", _prove.Lines[2]);
        Assert.Equal(0, await _prove.RunAsync("cache", "clear"));
        Assert.Equal("2 verdicts were removed", _prove.Lines[^1]);
        Assert.Empty(_prove.Cluster.Cached);
    }

    [Theory]
    [InlineData("cache wants one word: show or clear", "cache")]
    [InlineData("cache wants one word: show or clear", "cache", "show", "clear")]
    [InlineData("--runs has no meaning for cache", "cache", "show", "--runs")]
    [InlineData("watch wants the id of a goal: ./prove status lists them", "watch")]
    [InlineData("withdraw wants the id of a goal: ./prove status lists them", "withdraw")]
    [InlineData("one goal at a time can be watched", "watch", "a", "b")]
    [InlineData("backends takes no names, but 'z3' is given", "backends", "z3")]
    [InlineData("'a/b' is not the id of a goal: 1 to 64 letters, digits, '.', '_' or '-' are wanted", "status", "a/b")]
    [InlineData("--state is 'done', but open or decided or settled is wanted", "status", "--state", "done")]
    [InlineData("--json has no meaning for watch", "watch", "a", "--json")]
    [InlineData("'--stat' is not a known option (did you mean '--state'?)", "status", "--stat")]
    [InlineData("--label is 'x', but KEY=VALUE is wanted", "status", "--label", "x")]
    [InlineData("watch wants the id of a goal: ./prove status lists them", "watch", "--cluster", "http://127.0.0.1:1")]
    public void What_cannot_be_asked_should_be_told_in_one_sentence(string sentence, params string[] words) =>
        Assert.Equal(sentence, Assert.Throws<UsageException>(() => new QuestionArguments(words).Read()).Message);

    [Fact]
    public void A_goal_may_be_called_like_a_command() => Assert.Equal(["question"], new QuestionArguments(["watch", "question"]).Read().Goals.Select(id => id.Value));

    [Fact]
    public async Task A_file_that_is_called_like_a_question_should_be_a_goal_by_its_path()
    {
        Assert.Equal(0, await _prove.RunAsync("--language", "smtlib2", _prove.File("status")));
        Assert.StartsWith("proved", Assert.Single(_prove.Lines));
    }

    [Fact]
    public async Task Help_should_name_every_option()
    {
        Assert.Equal(0, await _prove.RunAsync("status", "--help"));
        Assert.All(new QuestionSyntax().Options, option => Assert.Contains(option.Name, _prove.Output.ToString()));
        Assert.All(_prove.Lines, line => Assert.True(line.Length <= 120, line));
    }

    private static GoalView Settled(string id) => GoalView.Of(Stories.Proved(FakeCluster.Goal(GoalId.Parse(id), "a.smt2")), isCached: false);

    private static GoalView Open(string id) => new(GoalId.Parse(id), GoalState.Open, false, "a.smt2", null, null, null, null, null, null, [], null);
}
