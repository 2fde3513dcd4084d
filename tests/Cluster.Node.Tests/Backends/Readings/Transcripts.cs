using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>Every recorded answer is worth what it was worth, however it comes through the pipes.</summary>
public class Transcripts
{
    public static TheoryData<string> All => [.. Transcript.Names];

    public static TheoryData<string> Repeatable => [.. Transcript.Names.Where(name => new Transcript(name).IsRepeatable)];

    [Theory, MemberData(nameof(All))]
    public void A_recorded_answer_is_worth_what_it_was(string name)
    {
        var transcript = new Transcript(name);
        if (Environment.GetEnvironmentVariable("PROVER_CLUSTER_RECORD") is { } wanted && wanted.Split(' ').Any(name.StartsWith))
            transcript.Record();
        foreach (var piece in new[] { 1, 7, 65_536 })
            Assert.Equal(transcript.Expected, transcript.Replay(piece));
    }

    [InstalledTheory, MemberData(nameof(Repeatable))]
    public void The_installed_prover_still_answers_so(string name)
    {
        var transcript = new Transcript(name);
        Assert.Equal(FirstWords(transcript.Expected), FirstWords(transcript.Live()));
    }

    [Fact]
    public void Every_shipped_entry_has_transcripts_of_a_proof_a_refutation_and_of_no_verdict()
    {
        var sayings = Transcript.Names.Select(name => new Transcript(name)).ToLookup(transcript => transcript.Backend.Entry, transcript => transcript.Expected);
        foreach (var backend in TestBackend.All.Select(backend => backend.Entry))
        {
            foreach (var verdict in new[] { Verdict.Proved, Verdict.Refuted, Verdict.Unknown })
                Assert.True(sayings[backend].Any(saying => saying.StartsWith($"{verdict} ", StringComparison.Ordinal)), $"{backend.Name}, {backend.Language}: none is {verdict}");
        }
    }

    /// <summary>Verdict and status: another version may word its errors, and print its models, in another way.</summary>
    private static string FirstWords(string saying) => saying.Split(';')[0];
}
