using System.Text;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Backends.Readings;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>A prover that ends badly is quoted: what it said last on standard error.</summary>
public class Last_words
{
    [Theory]
    [InlineData("", "")]
    [InlineData("one\n", "one")]
    [InlineData("terminate called after throwing\n  what():  std::bad_alloc\n", "terminate called after throwing what(): std::bad_alloc")]
    public void They_are_one_line_however_they_come(string printed, string text)
    {
        for (var piece = 1; piece <= printed.Length + 1; piece++)
        {
            var words = new LastWords();
            foreach (var part in Encoding.UTF8.GetBytes(printed).Chunk(piece))
                words.Add(part);
            Assert.Equal(text, words.Text);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(499)]
    [InlineData(500)]
    [InlineData(100_000)]
    public void Of_many_the_last_500_bytes_are_kept_and_no_half_character(int piece)
    {
        var printed = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("é", 5_000)) + "x");
        var words = new LastWords();
        foreach (var part in printed.Chunk(piece))
            words.Add(part);
        Assert.Equal(string.Concat(Enumerable.Repeat("é", 249)) + "x", words.Text);
    }

    [Fact]
    public void They_stand_behind_the_end_that_is_an_error_and_behind_no_other()
    {
        const string script = "(check-sat)";
        Assert.Equal(
            "Unknown Error: ended by signal 6 (SIGABRT): something broke",
            new Smt(script).Complains("something", "broke").Words(new RunEnd.Signalled(6)));
        Assert.Equal("Unknown Error: exit 3 is not one z3 accepts: oh", new Smt(script).Complains("oh").Words(Smt.Exit(3)));
        Assert.Equal("Unknown Unknown", new Smt(script).Complains("oh").Words(Smt.Exit(0)));
    }
}
