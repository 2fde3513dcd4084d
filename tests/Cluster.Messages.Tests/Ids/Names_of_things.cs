using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Tests.Ids;

/// <summary>Ids stand in messages, paths, logs and JSON: what is none is refused, and what is one comes back as it was.</summary>
public class Names_of_things
{
    [Theory]
    [InlineData("g", true)]
    [InlineData("G7._-", true)]
    [InlineData("0", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData(".hidden", false)]
    [InlineData("-x", false)]
    [InlineData("_x", false)]
    [InlineData("a/b", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("gr\u00fcn", false)]
    [InlineData("\u0661", false)]
    [InlineData("..", false)]
    public void A_goal_id_is_a_word_that_no_path_or_log_obeys(string? text, bool isOne)
    {
        Assert.Equal(isOne, GoalId.TryParse(text, out var id));
        Assert.Equal(isOne ? text : null, id?.ToString());
    }

    [Theory]
    [InlineData("z3", true)]
    [InlineData("alt-ergo", true)]
    [InlineData("4_c+", true)]
    [InlineData("Z3", false)]
    [InlineData("z3.5", false)]
    [InlineData("+z3", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_backends_name_is_written_in_one_way_only(string? text, bool isOne)
    {
        Assert.Equal(isOne, BackendName.TryParse(text, out var name));
        Assert.Equal(isOne ? text : null, name?.ToString());
    }

    [Fact]
    public void Names_have_a_longest_length()
    {
        Assert.True(GoalId.TryParse(new string('g', GoalId.MaxLength), out _));
        Assert.False(GoalId.TryParse(new string('g', GoalId.MaxLength + 1), out _));
        Assert.True(BackendName.TryParse(new string('b', BackendName.MaxLength), out _));
        Assert.False(BackendName.TryParse(new string('b', BackendName.MaxLength + 1), out _));
    }

    [Fact]
    public void A_fresh_goal_id_is_one_and_another_each_time()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => GoalId.New()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal(id, GoalId.Parse(id.Value)));
    }

    /// <summary>By their times; what nobody can guess comes after that.</summary>
    [Fact]
    public void Fresh_goal_ids_come_in_their_own_order()
    {
        const int Time = 1 + 12;
        var ids = Enumerable.Range(0, 1000).Select(_ => GoalId.New().Value).ToList();
        Assert.Equal(ids.Select(id => id[..Time]).Order(StringComparer.Ordinal), ids.Select(id => id[..Time]));
        Assert.Equal(ids.Count, ids.Select(id => id[Time..]).Distinct().Count());
    }

    [Theory]
    [InlineData("g1/1/z3/1", true)]
    [InlineData("g1/0/z3/2", true)]
    [InlineData("g1/9223372036854775807/z3/2147483647", true)]
    [InlineData("g1/1/z3/0", false)]
    [InlineData("g1/-1/z3/1", false)]
    [InlineData("g1/1/z3/+1", false)]
    [InlineData("g1/ 1/z3/1", false)]
    [InlineData("g1/9223372036854775808/z3/1", false)]
    [InlineData("g1/1/Z3/1", false)]
    [InlineData("/1/z3/1", false)]
    [InlineData("g1/1/z3", false)]
    [InlineData("g1/1/z3/1/1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_run_id_has_four_parts(string? text, bool isOne)
    {
        Assert.Equal(isOne, RunId.TryParse(text, out var run));
        Assert.Equal(isOne ? text : null, run?.ToString());
    }

    [Fact]
    public void A_run_id_is_read_back_as_it_was_written() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(1, int.MaxValue)).ToArbitrary(), drawn =>
    {
        var run = new RunId(GoalId.New(), drawn.Item1, BackendName.Parse("alt-ergo"), drawn.Item2);
        Assert.Equal(run, RunId.Parse(run.ToString()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_none_is_named_in_the_complaint()
    {
        Assert.Contains("'a/b' is not a goal id", Assert.Throws<FormatException>(() => GoalId.Parse("a/b")).Message);
        Assert.Contains("'Z3' is not a backend name", Assert.Throws<FormatException>(() => BackendName.Parse("Z3")).Message);
        Assert.Contains("'x' is not a run id", Assert.Throws<FormatException>(() => RunId.Parse("x")).Message);
    }
}
