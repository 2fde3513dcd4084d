using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>What all readings share: lines of two pipes, the bytes that may be wanted, and one answer that stays.</summary>
internal abstract class LineReading(ReadingRules rules, bool keepOutput) : IOutputReading
{
    private readonly LineSplitter _stdout = new();
    private readonly LineSplitter _stderr = new();
    private readonly LastWords _lastWords = new();
    private RunSaying? _decisive;
    private string? _verdictLine;
    private bool _ended;

    public virtual bool IsConclusive => false;

    protected ReadingRules Rules => rules;

    protected Complaints Complaints { get; } = new(rules);

    protected KeptOutput Kept { get; } = new(keepOutput);

    /// <summary>False once no line of standard output can matter any more.</summary>
    protected virtual bool WantsLines => true;

    public virtual void Stdout(ReadOnlySpan<byte> bytes)
    {
        while (WantsLines && _stdout.TryNext(ref bytes, out var line))
            StdoutLine(line, bytes);
    }

    public void Stderr(ReadOnlySpan<byte> bytes)
    {
        _lastWords.Add(bytes);
        while (_stderr.TryNext(ref bytes, out var line))
            StderrLine(line);
    }

    public virtual void Result(ReadOnlySpan<byte> bytes)
    {
    }

    public RunSaying Conclude(RunEnd? end)
    {
        if (end is RunEnd.NeverStarted or RunEnd.Lost)
            return RunSaying.Nothing;
        if (end is not null)
            EndLines();
        // A race may be decided by what was said once: nothing that is printed later takes it back.
        var saying = _decisive ?? Judge(end);
        if (saying.Verdict.IsDecisive())
            _decisive = saying = saying with { Line = _verdictLine };
        // Tens of megabytes perhaps, so they are made a text of once: when no more can come.
        return saying with { Output = saying.Verdict.IsDecisive() && end is not null ? Output(saying) : null };
    }

    /// <param name="line">A line, without its end.</param>
    /// <param name="rest">What has come after it so far.</param>
    protected abstract void StdoutLine(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest);

    protected virtual void StderrLine(ReadOnlySpan<byte> line) => Complaints.Stderr(line);

    protected abstract RunSaying Judge(RunEnd? end);

    /// <summary>This line says the verdict, as far as can be seen.</summary>
    protected void IsVerdict(ReadOnlySpan<byte> line) => _verdictLine = Complaints.Quote(line);

    /// <summary>The model, core or proof that goes with a decisive verdict.</summary>
    protected abstract string? Output(RunSaying saying);

    protected RunSaying Undecided(SzsStatus said, string? fault)
    {
        var status = Complaints.Status ?? (fault is not null ? SzsStatus.Error : said.Verdict().IsDecisive() ? SzsStatus.Unknown : said);
        return new RunSaying(Verdict.Unknown, status, fault, Complaints.Malformed);
    }

    /// <summary>Why the end makes the run an error, with what the prover said last on standard error; or null.</summary>
    protected string? FaultOf(RunEnd? end) =>
        OwnEnd.Fault(end, rules) is not { } fault ? null
        : _lastWords.Text is { Length: > 0 } words ? $"{fault}: {words}"
        : fault;

    /// <summary>A last line without a line feed is whole if the process has ended by itself.</summary>
    private void EndLines()
    {
        if (_ended)
            return;
        _ended = true;
        if (WantsLines && !_stdout.Unended.IsEmpty)
            StdoutLine(_stdout.Unended, default);
        if (!_stderr.Unended.IsEmpty)
            StderrLine(_stderr.Unended);
    }
}
