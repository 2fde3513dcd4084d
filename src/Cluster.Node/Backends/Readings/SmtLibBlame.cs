using System.Text;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>What errors at known places do to a verdict.</summary>
/// <param name="All">The error that voids any verdict, or null.</param>
/// <param name="Sat">The error that voids only sat, or null: something was dropped, which weakens the problem.</param>
internal readonly record struct SmtLibBlame(string? All, string? Sat)
{
    /// <summary>Provers disagree by one about columns, so the neighbours of a place are blamed too; the worst counts.</summary>
    private const int Tolerance = 1;

    public static SmtLibBlame Of(SmtLibMarkedCopy copy, IReadOnlyList<SmtLibError> errors)
    {
        var found = new SmtLibCommand?[errors.Count];
        var places = errors.Select(error => copy.Locate(error.Line, error.Column)).ToArray();
        foreach (var command in copy.Script.Commands)
        {
            for (var index = 0; index < errors.Count; index++)
            {
                if (places[index] is { } place && place >= command.Start - Tolerance && place < command.End + Tolerance && IsIn(copy, errors[index].Stretch, command))
                    found[index] = Worse(found[index], command);
            }
        }

        return Judge(copy.Script, errors, found);
    }

    private static bool IsIn(SmtLibMarkedCopy copy, int? stretch, SmtLibCommand command) =>
        stretch is not { } known || (command.Start >= copy.Stretches[known].Start && command.End <= copy.Stretches[known].End);

    private static SmtLibCommand Worse(SmtLibCommand? one, SmtLibCommand other) => one is { } first && Badness(first) >= Badness(other) ? first : other;

    private static int Badness(SmtLibCommand command) =>
        command.Kind.IsHarmless() ? 0
        : command.Kind == SmtLibCommandKind.Assert ? 1
        : command.Kind == SmtLibCommandKind.Declaration ? 2
        : 3;

    private static SmtLibBlame Judge(SmtLibScript script, IReadOnlyList<SmtLibError> errors, SmtLibCommand?[] found)
    {
        string? sat = null;
        var dropped = new Dictionary<int, string>();
        var names = new HashSet<string>();
        for (var index = 0; index < errors.Count; index++)
        {
            if (found[index] is not { } command || Badness(command) == 3)
                return new SmtLibBlame(errors[index].Text, null);
            if (Badness(command) == 0)
                continue;
            sat ??= errors[index].Text;
            dropped[command.Start] = errors[index].Text;
            if (command.Kind == SmtLibCommandKind.Declaration)
                names.UnionWith(SmtLibNames.Declared(script, command));
        }

        return new SmtLibBlame(names.Count == 0 ? null : StillUsed(script, dropped, names), sat);
    }

    /// <summary>
    /// A declaration that failed is harmless to unsat only if its name is new: if a command that did not fail speaks of
    /// it too, the name has another meaning than the script gives it (an older one, or one built in).
    /// </summary>
    private static string? StillUsed(SmtLibScript script, Dictionary<int, string> dropped, HashSet<string> names)
    {
        foreach (var command in script.Commands)
        {
            if (command.Start > script.Check.Start)
                break;
            if (command.Kind.IsHarmless() || dropped.ContainsKey(command.Start))
                continue;
            foreach (var token in new SmtLibTokens(script.Text.Span[command.Start..command.End]))
            {
                if (names.Contains(Encoding.UTF8.GetString(token)))
                    return $"a command uses {Complaints.Quote(token)}, whose declaration failed: {dropped.Values.First()}";
            }
        }

        return null;
    }
}
