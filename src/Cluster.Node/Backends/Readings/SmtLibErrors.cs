using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>
/// The errors a prover reported, each attributed to the command that caused it: by the stretch of the script it was
/// printed in, and within that by its line and column. What cannot be attributed counts as the worst.
/// </summary>
internal sealed partial class SmtLibErrors(SmtLibMarkedCopy copy)
{
    /// <summary>The most that are looked at one by one; with more, no verdict stands.</summary>
    private const int MaxErrors = 256;

    private readonly List<SmtLibError> _errors = [];
    private string? _worst;
    private (int Count, SmtLibBlame Blame)? _judged;

    /// <summary>A line of standard output from commands that matter.</summary>
    /// <param name="stretch">Where in the script the prover was; -1 if it never said.</param>
    public void Stdout(int stretch, ReadOnlySpan<byte> line)
    {
        // A partial line may stand before an error, but nothing hides one.
        if (line.IndexOf("(error"u8) >= 0)
            Add(stretch < 0 ? null : stretch, line);
        else if (line.SequenceEqual("unsupported"u8))
            _worst ??= "the prover does not support a command that matters";
    }

    /// <summary>A line of standard error, which tells nothing of when it was printed.</summary>
    public void Stderr(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf("(error"u8) >= 0)
            Add(null, line);
    }

    /// <summary>Why the errors void a verdict, or null.</summary>
    /// <param name="unsat">Whether the verdict is unsat, which stands although assertions were dropped.</param>
    public string? Voids(bool unsat)
    {
        if (_worst is not null || _errors.Count == 0)
            return _worst;
        if (_judged?.Count != _errors.Count)
            _judged = (_errors.Count, SmtLibBlame.Of(copy, _errors));
        return _judged.Value.Blame.All ?? (unsat ? null : _judged.Value.Blame.Sat);
    }

    private void Add(int? stretch, ReadOnlySpan<byte> line)
    {
        // Nothing is worse than the worst.
        if (_worst is not null)
            return;
        var quoted = Complaints.Quote(line);
        if (_errors.Count == MaxErrors || (Place(line) is not { } place))
            _worst = quoted;
        else
            _errors.Add(new SmtLibError(stretch, place.Line, place.Column, quoted));
    }

    /// <summary>The place that an error names, both numbers from 0; null if it names none in a form that we know.</summary>
    private static (int Line, int Column)? Place(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, 400)]);
        var z3 = Z3Place().Match(text);
        var match = z3.Success ? z3 : CvcPlace().Match(text) is { Success: true } cvc ? cvc : YicesPlace().Match(text);
        if (!match.Success || !TryNumber(match.Groups[1], out var row) || !TryNumber(match.Groups[2], out var column) || row < 1)
            return null;
        // z3 counts columns from 0, the others from 1; all count lines from 1.
        return (row - 1, z3.Success ? column : Math.Max(column - 1, 0));
    }

    private static bool TryNumber(Group group, out int number) => int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex("""^\(error "line (\d+) column (\d+):""", RegexOptions.CultureInvariant)]
    private static partial Regex Z3Place();

    [GeneratedRegex("""^\(error "Parse Error: [^:"]*:(\d+)\.(\d+):""", RegexOptions.CultureInvariant)]
    private static partial Regex CvcPlace();

    [GeneratedRegex("""^\(error "at line (\d+), column (\d+):""", RegexOptions.CultureInvariant)]
    private static partial Regex YicesPlace();
}

/// <param name="Stretch">The stretch it was printed in, or null if that is not known.</param>
/// <param name="Line">From 0.</param>
/// <param name="Column">From 0.</param>
/// <param name="Text">The line, cut.</param>
internal readonly record struct SmtLibError(int? Stretch, int Line, int Column, string Text);
