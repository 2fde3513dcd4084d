namespace ProverCluster.Messages.Languages;

/// <summary>What a top-level command of a script does, as far as a verdict depends on it.</summary>
public enum SmtLibCommandKind
{
    /// <summary>Anything else: push, pop, reset, set-logic, and commands we never heard of.</summary>
    Other,

    Assert,

    /// <summary>declare-* and define-*.</summary>
    Declaration,

    /// <summary>check-sat, check-sat-assuming, and z3's check-sat-using.</summary>
    Check,

    SetOption,
    SetInfo,

    /// <summary>get-*.</summary>
    Get,

    Echo,
    Exit,
}

public static class SmtLibCommandKinds
{
    /// <summary>True of what cannot change which formulas are asserted, whether it succeeds, fails or is ignored.</summary>
    public static bool IsHarmless(this SmtLibCommandKind kind) =>
        kind is SmtLibCommandKind.SetOption or SmtLibCommandKind.SetInfo or SmtLibCommandKind.Get or SmtLibCommandKind.Echo or SmtLibCommandKind.Exit;

    internal static SmtLibCommandKind Of(ReadOnlySpan<byte> name)
    {
        if (name.StartsWith("get-"u8))
            return SmtLibCommandKind.Get;
        if (name.StartsWith("declare-"u8) || name.StartsWith("define-"u8))
            return SmtLibCommandKind.Declaration;
        if (name.SequenceEqual("assert"u8))
            return SmtLibCommandKind.Assert;
        if (name.SequenceEqual("check-sat"u8) || name.SequenceEqual("check-sat-assuming"u8) || name.SequenceEqual("check-sat-using"u8))
            return SmtLibCommandKind.Check;
        if (name.SequenceEqual("set-option"u8))
            return SmtLibCommandKind.SetOption;
        if (name.SequenceEqual("set-info"u8))
            return SmtLibCommandKind.SetInfo;
        if (name.SequenceEqual("echo"u8))
            return SmtLibCommandKind.Echo;
        return name.SequenceEqual("exit"u8) ? SmtLibCommandKind.Exit : SmtLibCommandKind.Other;
    }
}

/// <summary>A top-level command: its bytes are those from <paramref name="Start"/>, its parenthesis, up to <paramref name="End"/>.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Start">The offset of its opening parenthesis.</param>
/// <param name="End">The offset after its closing one.</param>
public readonly record struct SmtLibCommand(SmtLibCommandKind Kind, int Start, int End);
