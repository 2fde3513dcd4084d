using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>
/// Reads <c>% SZS status Theorem for name</c>, as TPTP provers print it, and keeps the proof or model. Of decisive lines there
/// may be one, and none of any kind after it, so the end of the process is waited for. Before it each strategy of E's
/// schedule that gave up may have said so.
/// </summary>
internal sealed class SzsReading(GoalDocument goal, ReadingRules rules, bool keepOutput) : LineReading(rules, keepOutput)
{
    private bool _inOutput;
    private SzsStatus _status;
    private bool _contradicted;

    protected override void StdoutLine(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest)
    {
        var words = line.TrimStart("%# \t"u8);
        _inOutput |= words.StartsWith("SZS output start"u8);
        // A proof is no place for a verdict.
        if (_inOutput)
            Keep(line);
        else if (words.StartsWith("SZS status "u8))
            Status(line, words["SZS status ".Length..]);
        else
            Complaints.Stdout(line);
        _inOutput &= !words.StartsWith("SZS output end"u8);
    }

    protected override RunSaying Judge(RunEnd? end)
    {
        var said = Normalised();
        var fault = _contradicted ? "a status line after a decisive one" : Conjectures.Doubt(goal, said.Verdict(), knowsArithmetic: true) ?? FaultOf(end);
        return end is not null && fault is null && Complaints.Malformed is null && said.Verdict().IsDecisive()
            ? new RunSaying(said.Verdict(), said)
            : Undecided(said, fault);
    }

    protected override string? Output(RunSaying saying) => Kept.Text(_ => true);

    private void Status(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest)
    {
        IsVerdict(line);
        _contradicted |= _status.Verdict().IsDecisive();
        rest = rest.TrimStart((byte)' ');
        var end = rest.IndexOfAny(" :\t"u8);
        // A status that we do not know decides nothing.
        _status = SzsStatuses.TryParse(Complaints.Quote(end < 0 ? rest : rest[..end]), out var status) ? status.Value : SzsStatus.Unknown;
    }

    /// <summary>
    /// What provers say of the negated conjecture, said of the goal: cvc5 says Unsatisfiable of theorems. Contradictory
    /// axioms keep their name where there is a conjecture.
    /// </summary>
    private SzsStatus Normalised() => _status == SzsStatus.ContradictoryAxioms && Conjectures.Has(goal)
        ? SzsStatus.ContradictoryAxioms
        : Conjectures.Status(goal, _status.Verdict()) ?? _status;

    private void Keep(ReadOnlySpan<byte> line)
    {
        Kept.Add(line);
        Kept.Add("\n"u8);
    }
}
