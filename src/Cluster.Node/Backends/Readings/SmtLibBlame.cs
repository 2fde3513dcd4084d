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
        var places = copy.Locate([.. errors.Select(error => (error.Line, error.Column))]);
        int[] inOrder = [.. Enumerable.Range(0, errors.Count).Where(index => places[index] is not null).OrderBy(index => places[index])];
        return Judge(copy.Script, errors, Blamed(copy, errors, places, inOrder));
    }

    /// <summary>The worst command at the place of each error. Commands and places are gone through side by side, each once.</summary>
    private static SmtLibCommand?[] Blamed(SmtLibMarkedCopy copy, IReadOnlyList<SmtLibError> errors, IReadOnlyList<int?> places, int[] inOrder)
    {
        var found = new SmtLibCommand?[errors.Count];
        var first = 0;
        foreach (var command in copy.Script.Commands)
        {
            while (first < inOrder.Length && places[inOrder[first]] < command.Start - Tolerance)
                first++;
            if (first == inOrder.Length)
                break;
            for (var next = first; next < inOrder.Length && places[inOrder[next]] < command.End + Tolerance; next++)
            {
                var index = inOrder[next];
                if (IsIn(copy, errors[index].Stretch, command))
                    found[index] = Worse(found[index], command);
            }
        }

        return found;
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
            if (dropped.TryAdd(command.Start, errors[index].Text) && command.Kind == SmtLibCommandKind.Declaration)
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
        // A script may have millions of tokens: none of them is made a string of.
        var known = names.GetAlternateLookup<ReadOnlySpan<char>>();
        var longest = names.Max(Encoding.UTF8.GetByteCount);
        var characters = new char[longest];
        foreach (var command in script.Commands)
        {
            if (command.Start > script.Check.Start)
                break;
            if (command.Kind.IsHarmless() || dropped.ContainsKey(command.Start))
                continue;
            foreach (var token in new SmtLibTokens(script.Text.Span[command.Start..command.End]))
            {
                if (token.Length <= longest && known.Contains(characters.AsSpan(0, Encoding.UTF8.GetChars(token, characters))))
                    return $"a command uses {Complaints.Quote(token)}, whose declaration failed: {dropped.Values.First()}";
            }
        }

        return null;
    }
}
