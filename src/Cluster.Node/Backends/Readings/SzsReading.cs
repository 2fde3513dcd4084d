using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>
/// Reads <c>% SZS status Theorem for name</c>, as TPTP provers print it, and keeps the proof or model. Two status lines are
/// no verdict, so the end of the process is waited for.
/// </summary>
internal sealed class SzsReading(GoalDocument goal, ReadingRules rules, bool keepOutput) : LineReading(rules, keepOutput)
{
    private bool _inOutput;
    private int _statusLines;
    private string _status = "";

    protected override void StdoutLine(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest)
    {
        var words = line.TrimStart("%# \t"u8);
        _inOutput |= words.StartsWith("SZS output start"u8);
        // A proof is no place for a verdict.
        if (_inOutput)
            Keep(line);
        else if (words.StartsWith("SZS status "u8))
            Status(words["SZS status ".Length..]);
        else
            Complaints.Stdout(line);
        _inOutput &= !words.StartsWith("SZS output end"u8);
    }

    protected override RunSaying Judge(RunEnd? end)
    {
        var said = Normalised();
        var fault = _statusLines > 1 ? "more than one SZS status line" : Conjectures.Doubt(goal, said.Verdict(), knowsArithmetic: true) ?? OwnEnd.Fault(end, Rules);
        return end is not null && fault is null && Complaints.Malformed is null && said.Verdict().IsDecisive()
            ? new RunSaying(said.Verdict(), said)
            : Undecided(said, fault);
    }

    protected override string? Output(RunSaying saying) => Kept.Text(_ => true);

    private void Status(ReadOnlySpan<byte> rest)
    {
        _statusLines++;
        rest = rest.TrimStart((byte)' ');
        var end = rest.IndexOfAny(" :\t"u8);
        _status = Complaints.Quote(end < 0 ? rest : rest[..end]);
    }

    /// <summary>
    /// What provers say of the negated conjecture, said of the goal: cvc5 says Unsatisfiable of theorems. Contradictory
    /// axioms keep their name where there is a conjecture.
    /// </summary>
    private SzsStatus Normalised()
    {
        if (_statusLines != 1 || !SzsStatuses.TryParse(_status, out var status))
            return SzsStatus.Unknown;
        return status == SzsStatus.ContradictoryAxioms && Conjectures.Has(goal)
            ? SzsStatus.ContradictoryAxioms
            : Conjectures.Status(goal, status.Value.Verdict()) ?? status.Value;
    }

    private void Keep(ReadOnlySpan<byte> line)
    {
        Kept.Add(line);
        Kept.Add("\n"u8);
    }
}
