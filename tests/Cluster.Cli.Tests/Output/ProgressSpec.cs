using ProverCluster.Cli.Output;
using ProverCluster.Client;
using ProverCluster.Messages.Ids;
using Spectre.Console;

namespace ProverCluster.Cli.Tests.Output;

public sealed class ProgressSpec : IDisposable
{
    private const string Erase = "\r\x1b[2K";

    private static readonly GoalId A = GoalId.New();
    private static readonly GoalId B = GoalId.New();

    private readonly StringWriter _terminal = new();
    private readonly HandTimer _time = new();
    private readonly ProgressLine _line;

    public ProgressSpec() => _line = new ProgressLine(
        () => AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(_terminal) }),
        _time);

    public void Dispose() => _line.Dispose();

    [Fact]
    public void Nothing_should_be_shown_of_what_is_quickly_done()
    {
        _line.Started(A, "a.smt2");
        _line.Ended(A, default);
        _time.Ring();
        Assert.Empty(_terminal.ToString());
    }

    [Fact]
    public void The_oldest_race_should_be_shown_with_who_runs()
    {
        _line.Started(A, "a[red].smt2");
        _line.Started(B, "b.smt2");
        _time.Ring();
        Assert.Equal("0 done; 0.0 s on a[red].smt2 (waiting) and 1 more", _terminal.ToString());
        _line.Happened(A, new RaceEvent.RunStarted(A, Stories.Run(A, "z3"), "here", TimeSpan.Zero));
        _line.Ended(B, default);
        _time.Ring();
        Assert.EndsWith($"{Erase}1 done; 0.0 s on a[red].smt2 (z3)", _terminal.ToString());
    }

    [Fact]
    public void A_result_should_never_meet_the_line()
    {
        _line.Started(A, "a.smt2");
        _time.Ring();
        _line.StepAside(() => _terminal.Write("RESULT\n"));
        Assert.EndsWith($"(waiting){Erase}RESULT\n", _terminal.ToString());
    }

    [Fact]
    public void The_line_should_be_gone_at_the_end_and_stay_away()
    {
        _line.Started(A, "a.smt2");
        _time.Ring();
        _line.Dispose();
        _time.Ring();
        Assert.EndsWith(Erase, _terminal.ToString());
    }

    [Fact]
    public void A_long_name_should_not_wrap()
    {
        _line.Started(A, new string('x', 500));
        _time.Ring();
        Assert.True(_terminal.ToString().Length < 80);
    }

    [Fact]
    public void The_same_file_given_twice_should_be_two_races()
    {
        _line.Started(A, "a.smt2");
        _line.Started(B, "a.smt2");
        _line.Ended(A, default);
        _time.Ring();
        Assert.Equal("1 done; 0.0 s on a.smt2 (waiting)", _terminal.ToString());
    }

    [Fact]
    public async Task A_terminal_that_is_stopped_should_hold_up_nobody_who_tells_what_happens()
    {
        using var stopped = new ManualResetEventSlim();
        using var writing = new ManualResetEventSlim();
        _line.Started(A, "a.smt2");
        var result = Task.Run(() => _line.StepAside(() =>
        {
            writing.Set();
            stopped.Wait();
        }));
        writing.Wait();

        // All of these would wait for ever.
        _line.Started(B, "b.smt2");
        _line.Happened(A, new RaceEvent.RunStarted(A, Stories.Run(A, "z3"), "here", TimeSpan.Zero));
        _line.Ended(B, default);
        _time.Ring();
        stopped.Set();
        await result;
        _time.Ring();
        Assert.Equal("1 done; 0.0 s on a.smt2 (z3)", _terminal.ToString());
    }
}
