using System.Text;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>
/// Reads SMT-LIB 2 answers to a marked copy. A verdict is the one line between the marks of the check that says so;
/// what follows is a model, core or proof. What went wrong is attributed by <see cref="SmtLibErrors"/>.
/// </summary>
internal sealed class SmtLibReading(SmtLibMarkedCopy copy, ReadingRules rules, bool keepOutput) : LineReading(rules, keepOutput)
{
    private readonly byte[] _mark = Encoding.ASCII.GetBytes(copy.Mark + "-");
    private readonly SmtLibErrors _errors = new(copy);

    // Which stretch of the script the prover is in, by the marks it has printed; -1 before the first mark of a bare check.
    private int _stretch = copy.Stretches[0].IsCheck ? -1 : 0;
    private bool _checked;
    private int _verdictLines;
    private SzsStatus _said;
    private string? _disorder;

    // An error that says nothing of a verdict, but is the best reason for having none.
    private string? _gaveUpAt;

    public override bool IsConclusive => _checked && copy.Script.OnlyHarmlessFollows;

    // Of a model of any size only the copy costs anything; after "unknown" the reason may follow.
    protected override bool WantsLines => !IsConclusive || _said == SzsStatus.GaveUp;

    public override void Stdout(ReadOnlySpan<byte> bytes)
    {
        if (_checked)
            Kept.Add(bytes);
        base.Stdout(bytes);
    }

    protected override void StdoutLine(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest)
    {
        var here = _stretch < 0 ? default : copy.Stretches[_stretch];
        if (IsMark(line, out var stretch))
        {
            Enter(stretch, rest);
        }
        else if (here.IsCheck && Status(line) is { } status)
        {
            _said = status;
            IsVerdict(line);
            _verdictLines++;
        }
        else if (!here.IsHarmless)
        {
            _errors.Stdout(_stretch, line);
            Complaints.Stdout(line);
        }
        else
        {
            HarmlessLine(line);
        }
    }

    private void HarmlessLine(ReadOnlySpan<byte> line)
    {
        if (_checked && line.StartsWith("(:reason-unknown"u8))
            Complaints.LookForLimits(line);
        else if (!_checked && _gaveUpAt is null && line.StartsWith("(error"u8))
            _gaveUpAt = Complaints.Quote(line);
    }

    protected override void StderrLine(ReadOnlySpan<byte> line)
    {
        _errors.Stderr(line);
        Complaints.Stderr(line);
    }

    protected override RunSaying Judge(RunEnd? end)
    {
        // A crash on the way to a model or core is no more to the verdict than an error would be.
        var fault = Evidence() ?? (IsConclusive ? null : FaultOf(end));
        return _checked && fault is null && (IsConclusive || end is not null) && _said.Verdict().IsDecisive()
            ? new RunSaying(_said.Verdict(), _said)
            : Undecided(_checked ? _said : SzsStatus.Unknown, fault ?? (_checked || end is null ? null : _gaveUpAt));
    }

    protected override string? Output(RunSaying saying) => Kept.Text(line => line.IndexOf(_mark) < 0);

    /// <summary>What in the output itself voids a verdict.</summary>
    private string? Evidence() =>
        copy.Script.RedirectsOutput ? "the script sends the prover's answers elsewhere, where its errors cannot be seen"
        : _disorder ?? (_verdictLines > 1 ? "more than one verdict line" : null) ?? _errors.Voids(_said == SzsStatus.Unsatisfiable);

    private void Enter(int stretch, ReadOnlySpan<byte> rest)
    {
        if (stretch != _stretch + 1)
        {
            _disorder ??= "the marks did not come in order";
            return;
        }

        if (_stretch >= 0 && copy.Stretches[_stretch].IsCheck && _verdictLines == 1)
        {
            _checked = true;
            Kept.Add(rest);
        }

        _stretch = stretch;
    }

    /// <summary>Some provers print the string of an echo with its quotes.</summary>
    private bool IsMark(ReadOnlySpan<byte> line, out int stretch)
    {
        stretch = 0;
        if (line.Length > 2 && line[0] == '"' && line[^1] == '"')
            line = line[1..^1];
        return line.StartsWith(_mark) && int.TryParse(line[_mark.Length..], out stretch) && stretch < copy.Stretches.Count;
    }

    private static SzsStatus? Status(ReadOnlySpan<byte> line) =>
        line.SequenceEqual("unsat"u8) ? SzsStatus.Unsatisfiable
        : line.SequenceEqual("sat"u8) ? SzsStatus.Satisfiable
        : line.SequenceEqual("unknown"u8) ? SzsStatus.GaveUp
        : null;
}
