using System.Text;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Backends.Readings;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>A reading of SMT-LIB answers with a known mark, and what was printed to it. "#3" stands for the line of mark 3.</summary>
internal sealed class Smt
{
    private const string Mark = "feedfacefeedfacefeedfacefeedface";
    private readonly IOutputReading _reading;

    public Smt(string script)
    {
        if (!SmtLibScript.TryRead(Encoding.UTF8.GetBytes(script), out var document, out var rejection))
            throw new ArgumentException(rejection.ToString(), nameof(script));
        (_, _reading) = Reading.Prepare(ReadingKind.SmtLib2, document, new ReadingRules("z3", [0, 1], [ReadingRules.WithinLine("unknown constant")]), keepOutput: true, Mark);
    }

    public static RunEnd Exit(int code) => new RunEnd.Exited(code);

    public bool IsConclusive => _reading.IsConclusive;

    public Smt Prints(params string[] lines)
    {
        foreach (var line in lines)
            _reading.Stdout(Encoding.UTF8.GetBytes(Expand(line) + "\n"));
        return this;
    }

    public Smt PrintsBytes(ReadOnlySpan<byte> bytes)
    {
        _reading.Stdout(bytes);
        return this;
    }

    public Smt Complains(params string[] lines)
    {
        foreach (var line in lines)
            _reading.Stderr(Encoding.UTF8.GetBytes(line + "\n"));
        return this;
    }

    public RunSaying Says(RunEnd? end) => _reading.Conclude(end);

    public string Words(RunEnd? end)
    {
        var saying = Says(end);
        return saying.Fault is null ? $"{saying.Verdict} {saying.Szs}" : $"{saying.Verdict} {saying.Szs}: {saying.Fault}";
    }

    private static string Expand(string line) => line.Replace("\"#", $"\"{Mark}-", StringComparison.Ordinal) is var quoted && line.StartsWith('#') ? $"{Mark}-{line[1..]}" : quoted;
}
