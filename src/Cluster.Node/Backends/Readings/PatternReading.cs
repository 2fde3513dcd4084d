using System.Text;
using System.Text.RegularExpressions;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>
/// Reads the words of a prover that speaks no common dialect: exactly one line of standard output that is one of its two
/// patterns from end to end. The words alone cannot say what a conjecture makes of them; the goal does.
/// </summary>
internal sealed class PatternReading(GoalDocument goal, ReadingRules rules, bool keepOutput) : LineReading(rules, keepOutput)
{
    /// <summary>Bytes; a longer line is not looked at.</summary>
    private const int MaxVerdictLine = 1024;

    private readonly char[] _characters = new char[MaxVerdictLine];
    private int _verdictLines;
    private Verdict _verdict;

    public override void Stdout(ReadOnlySpan<byte> bytes)
    {
        Kept.Add(bytes);
        base.Stdout(bytes);
    }

    public override void Result(ReadOnlySpan<byte> bytes) => Kept.Add(bytes);

    protected override void StdoutLine(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest)
    {
        Complaints.Stdout(line);
        if (line.IsEmpty || line.Length > MaxVerdictLine)
            return;
        var text = _characters.AsSpan(0, Encoding.UTF8.GetChars(line, _characters));
        if (Matches(Rules.Proved, text, Verdict.Proved) | Matches(Rules.Refuted, text, Verdict.Refuted))
            IsVerdict(line);
    }

    protected override RunSaying Judge(RunEnd? end)
    {
        var fault = _verdictLines > 1 ? "more than one verdict line" : Conjectures.Doubt(goal, _verdict, knowsArithmetic: false) ?? FaultOf(end);
        return end is not null && fault is null && Complaints.Malformed is null && Conjectures.Status(goal, _verdict) is { } status
            ? new RunSaying(_verdict, status)
            : Undecided(SzsStatus.Unknown, fault);
    }

    protected override string? Output(RunSaying saying) => Kept.Text(_ => true);

    private bool Matches(Regex? pattern, ReadOnlySpan<char> line, Verdict verdict)
    {
        if (pattern?.IsMatch(line) != true)
            return false;
        _verdictLines++;
        _verdict = verdict;
        return true;
    }
}
