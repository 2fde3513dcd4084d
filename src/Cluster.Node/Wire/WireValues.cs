using System.Globalization;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Wire;

/// <summary>A digest as <c>sha256/bytes</c>.</summary>
internal static class WireValues
{
    private const int HexDigits = 64;

    public static string Write(TextDigest digest) => string.Create(CultureInfo.InvariantCulture, $"{digest.Sha256}/{digest.Bytes}");

    /// <exception cref="FormatException">The text is no digest.</exception>
    public static TextDigest ReadDigest(string text)
    {
        if (text.Length > HexDigits && text[HexDigits] == '/'
            && !text.AsSpan(0, HexDigits).ContainsAnyExcept("0123456789abcdef")
            && long.TryParse(text.AsSpan(HexDigits + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
            return new TextDigest(text[..HexDigits], bytes);
        throw new FormatException("not a text's digest: 64 hexadecimal digits, '/', its length");
    }
}

/// <summary>A <see cref="SlotRank"/>, which as a structure could not have members that must be there.</summary>
internal sealed record WireRank(int Priority, int Turn)
{
    public static WireRank Of(SlotRank rank) => new(rank.Priority, rank.Turn);

    public SlotRank Read() => new(Priority, Turn);
}

/// <summary>A <see cref="RunEnd"/>: exactly one of these is there, <paramref name="Detail"/> beside <paramref name="NeverStarted"/>.</summary>
internal sealed record WireEnd(int? Exited = null, int? Signalled = null, NoStart? NeverStarted = null, string? Detail = null, string? Lost = null)
{
    public static WireEnd Of(RunEnd end) => end switch
    {
        RunEnd.Exited exited => new WireEnd(Exited: exited.Code),
        RunEnd.Signalled signalled => new WireEnd(Signalled: signalled.Signal),
        RunEnd.NeverStarted never => new WireEnd(NeverStarted: never.Why, Detail: never.Detail),
        RunEnd.Lost lost => new WireEnd(Lost: lost.Detail),
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "no such end"),
    };

    /// <exception cref="FormatException">None or several are there.</exception>
    public RunEnd Read() => this switch
    {
        { Exited: { } code, Signalled: null, NeverStarted: null, Lost: null } => new RunEnd.Exited(code),
        { Exited: null, Signalled: { } signal, NeverStarted: null, Lost: null } => new RunEnd.Signalled(signal),
        { Exited: null, Signalled: null, NeverStarted: { } why, Lost: null } => new RunEnd.NeverStarted(why, Detail ?? ""),
        { Exited: null, Signalled: null, NeverStarted: null, Lost: { } lost } => new RunEnd.Lost(lost),
        _ => throw new FormatException("a run has one end"),
    };
}

/// <summary>A <see cref="ProverOutput"/>: exactly one of these is there, <paramref name="Source"/> beside <paramref name="Kept"/>.</summary>
internal sealed record WireOutput(string? Text = null, TextDigest? Kept = null, string? Source = null, string? Missing = null)
{
    public static WireOutput Of(ProverOutput output) => output switch
    {
        ProverOutput.Inline inline => new WireOutput(Text: inline.Text),
        ProverOutput.Kept kept => new WireOutput(Kept: kept.Text, Source: kept.Source),
        ProverOutput.Missing missing => new WireOutput(Missing: missing.Why),
        _ => throw new ArgumentOutOfRangeException(nameof(output), output, "no such output"),
    };

    /// <exception cref="FormatException">None or several are there.</exception>
    public ProverOutput Read() => this switch
    {
        { Text: { } text, Kept: null, Missing: null } => new ProverOutput.Inline(text),
        { Text: null, Kept: { } kept, Source: { } source, Missing: null } => new ProverOutput.Kept(kept, source),
        { Text: null, Kept: null, Missing: { } why } => new ProverOutput.Missing(why),
        _ => throw new FormatException("an output is in one place"),
    };
}

/// <summary>An <see cref="IGoalEvent"/> as a part of another message: exactly one of these is there.</summary>
internal sealed record WireEvent(
    GoalEvents.Accepted? Accepted = null,
    GoalEvents.RunStarted? RunStarted = null,
    GoalEvents.Decided? Decided = null,
    GoalEvents.RunEnded? RunEnded = null,
    GoalEvents.Settled? Settled = null)
{
    public static WireEvent Of(IGoalEvent told) => told switch
    {
        GoalEvents.Accepted accepted => new WireEvent(Accepted: accepted),
        GoalEvents.RunStarted started => new WireEvent(RunStarted: started),
        GoalEvents.Decided decided => new WireEvent(Decided: decided),
        GoalEvents.RunEnded ended => new WireEvent(RunEnded: ended),
        GoalEvents.Settled settled => new WireEvent(Settled: settled),
        _ => throw new ArgumentOutOfRangeException(nameof(told), told, "no such event in a record"),
    };

    /// <exception cref="FormatException">None or several are there.</exception>
    public IGoalEvent Read()
    {
        IGoalEvent?[] all = [Accepted, RunStarted, Decided, RunEnded, Settled];
        return all.OfType<IGoalEvent>().ToArray() is [var one] ? one : throw new FormatException("a record tells one event at a time");
    }
}

/// <summary>What stands before the bytes of a piece.</summary>
internal sealed record WirePieceHead(TextDigest Text, long Offset);
