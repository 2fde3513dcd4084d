using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Cli.Output;

/// <summary>The colour of a verdict, on terminals that have some.</summary>
internal sealed class Colours(bool isOn)
{
    public string Of(Verdict verdict, string text) => Paint(text, verdict switch
    {
        Verdict.Proved => "32",
        Verdict.Refuted => "31",
        Verdict.Rejected => "35",
        _ => "33",
    });

    private string Paint(string text, string code) => isOn ? $"\x1b[{code}m{text}\x1b[0m" : text;
}
