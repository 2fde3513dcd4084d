using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>
/// Reads <c>s SATISFIABLE</c> and <c>s UNSATISFIABLE</c>, or minisat's bare words. The model is in the v lines, or in the
/// result file. An exit of 10 or 20 that says the opposite is a fault.
/// </summary>
internal sealed class DimacsReading(ReadingRules rules, bool keepOutput) : LineReading(rules, keepOutput)
{
    private readonly KeptOutput _result = new(keepOutput);
    private int _statusLines;
    private SzsStatus _status;
    private string? _error;

    public override void Stdout(ReadOnlySpan<byte> bytes)
    {
        // All of it, since a v line may be megabytes long; what is no v line is left out in the end.
        Kept.Add(bytes);
        base.Stdout(bytes);
    }

    public override void Result(ReadOnlySpan<byte> bytes) => _result.Add(bytes);

    protected override void StdoutLine(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest)
    {
        if (line.StartsWith("v"u8))
            return;
        if (Status(line.StartsWith("s "u8) ? line[2..] : line) is { } status)
        {
            _statusLines++;
            _status = status;
            IsVerdict(line);
            return;
        }

        Error(line);
        Complaints.Stdout(line);
    }

    protected override void StderrLine(ReadOnlySpan<byte> line)
    {
        Error(line);
        Complaints.Stderr(line);
    }

    protected override RunSaying Judge(RunEnd? end)
    {
        var fault = _statusLines > 1 ? "more than one status line" : _error ?? Contradiction(end) ?? FaultOf(end);
        return end is not null && fault is null && Complaints.Malformed is null && _status.Verdict().IsDecisive()
            ? new RunSaying(_status.Verdict(), _status)
            : Undecided(_status, fault);
    }

    protected override string? Output(RunSaying saying) => saying.Verdict == Verdict.Refuted
        ? _result.Text(static line => !line.IsEmpty && !line.SequenceEqual("SAT"u8)) ?? Kept.Text(static line => line.StartsWith("v"u8))
        : null;

    /// <summary>z3 says so when it has stopped reading a text, and then answers for the part it has read.</summary>
    private void Error(ReadOnlySpan<byte> line)
    {
        if (_error is null && line.StartsWith("(error"u8))
            _error = Complaints.Quote(line);
    }

    private static SzsStatus? Status(ReadOnlySpan<byte> words)
    {
        words = words.TrimEnd((byte)' ');
        return words.SequenceEqual("UNSATISFIABLE"u8) ? SzsStatus.Unsatisfiable
            : words.SequenceEqual("SATISFIABLE"u8) ? SzsStatus.Satisfiable
            : words.SequenceEqual("UNKNOWN"u8) || words.SequenceEqual("INDETERMINATE"u8) ? SzsStatus.GaveUp
            : null;
    }

    private string? Contradiction(RunEnd? end) => (end, _status) switch
    {
        (RunEnd.Exited { Code: 10 }, SzsStatus.Unsatisfiable) => "it printed UNSATISFIABLE and ended with exit 10, which says the opposite",
        (RunEnd.Exited { Code: 20 }, SzsStatus.Satisfiable) => "it printed SATISFIABLE and ended with exit 20, which says the opposite",
        _ => null,
    };
}
