using Xunit.Abstractions;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>Every recorded answer is worth what it was worth, however it comes through the pipes.</summary>
public class Transcripts(ITestOutputHelper output)
{
    public static TheoryData<string> All => [.. Transcript.Names];

    [Theory, MemberData(nameof(All))]
    public void A_recorded_answer_is_worth_what_it_was(string name)
    {
        var transcript = new Transcript(name);
        if (Environment.GetEnvironmentVariable("PROVER_CLUSTER_RECORD") is { } wanted && wanted.Split(' ').Any(name.StartsWith))
            transcript.Record();
        foreach (var piece in new[] { 1, 7, 65_536 })
            Assert.Equal(transcript.Expected, transcript.Replay(piece));
    }

    [Theory, MemberData(nameof(All))]
    public void The_installed_prover_still_answers_so(string name)
    {
        var transcript = new Transcript(name);
        if (!transcript.IsRepeatable || !transcript.Backend.IsInstalled)
            output.WriteLine($"skipped: {(transcript.IsRepeatable ? $"{transcript.Backend.Name} is not installed" : "it took a clock, a memory limit or a signal to record")}");
        else
            Assert.Equal(FirstWords(transcript.Expected), FirstWords(transcript.Live()));
    }

    /// <summary>Verdict and status: another version may word its errors, and print its models, in another way.</summary>
    private static string FirstWords(string saying) => saying.Split(';')[0];
}
