namespace ProverCluster.Cli.Tests.BadInput;

/// <summary>A command line that asks for what cannot be: one sentence, exit 3, and no race.</summary>
[Collection(OneByOne.Name)]
public sealed class Words_that_are_refused : IDisposable
{
    private readonly ProveProcess _prove = new();

    public void Dispose() => _prove.Dispose();

    [Theory]
    [InlineData("no goal is given: name files, folders, or - for standard input (--help says more)")]
    [InlineData("--language is 'klingon', but smtlib2 or tptp or dimacs is wanted", "--language", "klingon", "good.smt2")]
    [InlineData("--timeout is '-1', but a duration with its unit (ms, s, m, h or d) from 10ms to 7d is wanted", "--timeout", "-1", "good.smt2")]
    [InlineData("--timeout is '10', but a duration with its unit (ms, s, m, h or d) from 10ms to 7d is wanted", "--timeout", "10", "good.smt2")]
    [InlineData("--parallel is '1000000', but a whole number from 0 to 1024 is wanted", "--parallel", "1000000", "good.smt2")]
    [InlineData("--cluster: an endpoint is 'localhost', but an address such as http://127.0.0.1:8081 is wanted", "--cluster", "localhost", "good.smt2")]
    [InlineData("--token-file: there is no such file", "--cluster", "http://localhost", "--token-file", "none", "good.smt2")]
    [InlineData("watch wants the id of a goal: ./prove status lists them", "watch")]
    [InlineData("--data is not available yet: nothing is kept between calls", "--data", "store", "good.smt2")]
    [InlineData("standard input (-) is named twice, but can be read only once", "--language", "smtlib2", "-", "-")]
    [InlineData("wrong.conf: prover-cluster.slotz is not a known key (did you mean 'slots'?)", "--config", "wrong.conf", "good.smt2")]
    [InlineData("unit.conf: prover-cluster.tick is '10', but a duration with its unit (ms, s, m, h or d) from 1ms to 1s is wanted", "--config", "unit.conf", "good.smt2")]
    public async Task The_sentence_says_what_is_wrong_and_what_is_wanted(string sentence, params string[] words)
    {
        _prove.File("wrong.conf", "prover-cluster { slotz = 3 }");
        _prove.File("unit.conf", "prover-cluster { tick = 10 }");
        await _prove.RunAsync(words);
        _prove.Refused(sentence);
    }

    [Fact]
    public async Task An_unknown_backend_is_told_from_those_that_are_known()
    {
        await _prove.RunAsync("--backends", "z4,cvc5", "good.smt2");
        Assert.StartsWith("prove: --backends names 'z4', which is not a known backend (did you mean 'z3'?); known are z3, cvc5, ", _prove.Error);
        Assert.Equal(("", 3), (_prove.Output, _prove.Code));
    }

    [Fact]
    public async Task Standard_input_without_a_language_and_an_empty_one()
    {
        await _prove.RunAsync("-");
        Assert.Contains("-: standard input has no ending that tells its language: say --language (smtlib2, tptp, dimacs)", _prove.Output);
        Assert.Equal(3, _prove.Code);
        await _prove.RunAsync("--language", "smtlib2", "-");
        Assert.EndsWith("-: the goal is empty\n", _prove.Output);
        Assert.Equal(3, _prove.Code);
    }
}
