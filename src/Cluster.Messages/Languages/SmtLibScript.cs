using System.Diagnostics.CodeAnalysis;

namespace ProverCluster.Messages.Languages;

/// <summary>An SMT-LIB 2 script with exactly one check. What <c>:status</c> and comments say of it is never looked at.</summary>
public sealed record SmtLibScript : GoalDocument
{
    private SmtLibScript(ReadOnlyMemory<byte> text)
        : base(text)
    {
    }

    public override GoalLanguage Language => GoalLanguage.SmtLib2;

    /// <summary>The one check.</summary>
    public SmtLibCommand Check { get; private init; }

    /// <summary>True if nothing after the check can change what was asserted: get-*, echo, set-info, set-option, exit.</summary>
    public bool OnlyHarmlessFollows { get; private init; }

    /// <summary>
    /// True if the script sends the prover's answers elsewhere before the check. Its errors would be there too, so no
    /// verdict of it can be trusted.
    /// </summary>
    public bool RedirectsOutput { get; private init; }

    /// <summary>All commands, read again from the text: a script of millions of them takes no memory beyond its text.</summary>
    public SmtLibScanner Commands => new(Text.Span);

    /// <summary>The copy that a prover gets.</summary>
    /// <param name="mark">Letters and digits that the script's writer cannot know.</param>
    public SmtLibMarkedCopy MarkedCopy(string mark) => SmtLibMarkedCopy.Of(this, mark);

    public static bool TryRead(
        ReadOnlyMemory<byte> text,
        [NotNullWhen(true)] out SmtLibScript? script,
        [NotNullWhen(false)] out GoalRejection? rejection)
    {
        script = null;
        rejection = GoalText.Check(text.Span);
        return rejection is null && TryReadCommands(text, out script, out rejection);
    }

    private static bool TryReadCommands(ReadOnlyMemory<byte> text, [NotNullWhen(true)] out SmtLibScript? script, [NotNullWhen(false)] out GoalRejection? rejection)
    {
        script = null;
        rejection = null;
        SmtLibCommand? check = null;
        var harmlessFollows = true;
        var redirects = false;
        var scanner = new SmtLibScanner(text.Span);
        while (scanner.MoveNext())
        {
            var command = scanner.Current;
            if (command.Kind == SmtLibCommandKind.Check)
                rejection = check is null ? null : GoalText.At(text.Span, command.Start, "a second check: a goal has exactly one check-sat or check-sat-assuming");
            else if (command.Kind == SmtLibCommandKind.Exit && check is null)
                rejection = GoalText.At(text.Span, command.Start, "exit before the check");
            if (rejection is not null)
                return false;
            if (command.Kind == SmtLibCommandKind.Check)
                check = command;
            else if (check is not null)
                harmlessFollows &= command.Kind.IsHarmless();
            else if (command.Kind == SmtLibCommandKind.SetOption)
                redirects |= SmtLibOptions.RedirectsOutput(text.Span[command.Start..command.End]);
        }

        rejection = scanner.Rejection ?? (check is null ? new GoalRejection("no check-sat: there is nothing to decide") : null);
        if (rejection is not null)
            return false;
        script = new SmtLibScript(text) { Check = check!.Value, OnlyHarmlessFollows = harmlessFollows, RedirectsOutput = redirects };
        return true;
    }
}
