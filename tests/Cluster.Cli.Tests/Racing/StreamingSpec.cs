namespace ProverCluster.Cli.Tests.Racing;

public sealed class StreamingSpec : IDisposable
{
    private readonly ProveHarness _prove = new();

    public void Dispose() => _prove.Dispose();

    [Fact]
    public async Task Results_should_come_in_the_order_of_the_goals_each_as_soon_as_it_can()
    {
        _prove.Races.Hold("1.smt2", "2.smt2");
        var run = _prove.RunAsync("--parallel", "3", _prove.File("1.smt2"), _prove.File("2.smt2"), _prove.File("3.smt2"));
        await _prove.Races.WaitForAsync("3.smt2");
        Assert.Empty(_prove.Lines);

        _prove.Races.Release("1.smt2");
        await Eventually(() => _prove.Lines.Length == 1);
        Assert.EndsWith("1.smt2", _prove.Lines[0]);

        _prove.Races.Release("2.smt2");
        Assert.Equal(0, await run);
        Assert.Equal(["1.smt2", "2.smt2", "3.smt2"], _prove.Lines.Select(line => Path.GetFileName(line)));
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("1", 1)]
    [InlineData("3", 3)]
    public async Task No_more_goals_than_asked_for_should_race_at_once(string parallel, int most)
    {
        var names = Enumerable.Range(0, 8).Select(i => $"{i}.smt2").ToArray();
        _prove.Races.Hold(names);
        var run = _prove.RunAsync(["--parallel", parallel, .. names.Select(name => _prove.File(name))]);
        foreach (var name in names)
        {
            await _prove.Races.WaitForAsync(name);
            _prove.Races.Release(name);
        }
        await run;
        Assert.InRange(_prove.Races.MostAtOnce, 1, most);
    }

    [Fact]
    public async Task Every_goal_should_be_answered_although_others_cannot_be_read()
    {
        var code = await _prove.RunAsync(_prove.Path("missing.smt2"), _prove.File("good.smt2"), _prove.File("odd.txt"), _prove.File("fine.cnf", ProveHarness.Cnf));
        Assert.Equal(3, code);
        Assert.Equal(["rejected", "proved", "rejected", "proved"], _prove.Lines.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task Goals_should_carry_what_was_asked_for()
    {
        await _prove.RunAsync("--timeout", "5s", "--memory", "1GiB", "--backends", "z3", "--show-output", "--label", "a=b", _prove.File("a.smt2"));
        var goal = Assert.Single(_prove.Races.Goals);
        Assert.Equal((TimeSpan.FromSeconds(5), 1L << 30, 256L << 20), (goal.Limits.Timeout, goal.Limits.MemoryBytes, goal.Limits.OutputBytes));
        Assert.Equal(["z3"], goal.Backends.Select(name => name.Value));
        Assert.True(goal.KeepOutput);
        Assert.Equal("b", goal.Labels["a"]);
        Assert.Equal(ProveHarness.Smt.Length, goal.Text.Bytes);
    }

    [Fact]
    public async Task A_closed_output_should_end_quietly_and_withdraw_the_rest()
    {
        using var prove = new ProveHarness { OtherOutput = new ClosedWriter(32) };
        prove.Races.Hold("2.smt2");
        var code = await prove.RunAsync("--parallel", "2", prove.File("1.smt2"), prove.File("2.smt2"));
        Assert.Equal(2, code);
        Assert.Empty(prove.Sentence);
    }

    [Fact]
    public async Task A_full_disk_should_be_told()
    {
        using var prove = new ProveHarness { OtherOutput = new ClosedWriter(28) };
        Assert.Equal(4, await prove.RunAsync(prove.File("1.smt2")));
        Assert.Equal("prove: standard output cannot be written: errno 28", prove.Sentence);
    }

    private static async Task Eventually(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++) await Task.Delay(5);
        Assert.True(condition());
    }

    private sealed class ClosedWriter(int errno) : StringWriter
    {
        public override void Flush() => throw new IOException($"errno {errno}", errno);
    }
}
