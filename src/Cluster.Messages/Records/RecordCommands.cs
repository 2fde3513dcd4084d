using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Records;

/// <summary>Asked of a goal's record: what the cluster keeps of a goal that came over a public interface.</summary>
public interface IRecordCommand : IRecordMessage;

public static class RecordCommands
{
    /// <summary>
    /// Race for this goal, or join it. Answered with <see cref="RecordEvents.Shown"/> once it is accepted, <see cref="RecordEvents.Conflict"/> or
    /// <see cref="RecordEvents.Full"/>. May be asked again.
    /// </summary>
    /// <param name="What">The goal.</param>
    /// <param name="Source">The address of the node that has its text, until this is answered.</param>
    /// <param name="Owner">Whose goal it is.</param>
    /// <param name="Stands">
    /// Whether the owner's interest lasts until <see cref="Withdraw"/>. Else the sender is the interest, for as long as it lives, and hears the answer as well.
    /// </param>
    /// <param name="Left">What is left of its deadline.</param>
    /// <param name="Rejection">Why the text is no goal; null if it is one.</param>
    /// <param name="Follower">
    /// If the sender is the interest and follows the goal for its owner, the name of that interest, or "" for none: then <see cref="Withdraw"/> ends it too. Null if the
    /// sender only waits.
    /// </param>
    public sealed record Submit(Goal What, string Source, string Owner, bool Stands, TimeSpan Left, string? Rejection = null, string? Follower = null) : IRecordCommand
    {
        public GoalId Goal => What.Id;
    }

    /// <summary>Answered with <see cref="RecordEvents.Shown"/> or <see cref="RecordEvents.Unknown"/>.</summary>
    public sealed record Show(GoalId Goal, Caller Who) : IRecordCommand;

    /// <summary>The caller's interest ends, unless it only waits for the answer; an administrator ends everybody's. Answered as <see cref="Show"/> is.</summary>
    /// <param name="Goal">The goal.</param>
    /// <param name="Who">Gives it up.</param>
    /// <param name="Follower">Only the interest of that name; null for all.</param>
    public sealed record Withdraw(GoalId Goal, Caller Who, string? Follower = null) : IRecordCommand;

    /// <summary>
    /// The next event of the goal, as soon as there is one: one at a time, so that nobody keeps what a slow reader has not read. Answered with
    /// <see cref="RecordEvents.Told"/>, <see cref="RecordEvents.NoMore"/> or <see cref="RecordEvents.Unknown"/>.
    /// </summary>
    /// <param name="Goal">The goal.</param>
    /// <param name="Who">Asks.</param>
    /// <param name="After">The number of the last one that is known; 0 for none.</param>
    /// <param name="Patience">How long the asker waits.</param>
    public sealed record Next(GoalId Goal, Caller Who, int After, TimeSpan Patience) : IRecordCommand;

    /// <summary>
    /// See to it that this goal is at work, which the store has as not settled. Answered with <see cref="RecordEvents.AtWork"/>, or with <see cref="RecordEvents.Full"/> if
    /// there is no room for it now.
    /// </summary>
    public sealed record Recover(GoalId Goal) : IRecordCommand;

    /// <summary>Go on with this record, which an earlier life of it hands over. Answered with <see cref="RecordEvents.AtWork"/>; said some more times until it is.</summary>
    public sealed record Adopt(RecordState Record) : IRecordCommand
    {
        public GoalId Goal => Record.What.Id;
    }

    /// <summary>The newest goals whose records are on the asked node, as <see cref="RecordEvents.Listed"/>.</summary>
    /// <param name="Who">Asks.</param>
    /// <param name="State">Only these; null for all.</param>
    /// <param name="Labels">Only those with all of these.</param>
    /// <param name="Before">Only what comes after this one in the list; null for the beginning.</param>
    /// <param name="Limit">How many.</param>
    public sealed record List(Caller Who, GoalState? State, IReadOnlyDictionary<string, string> Labels, ListedGoal? Before, int Limit) : IProtocolMessage;

    /// <summary>How many goals of an owner have their records on the asked node and are not settled, as <see cref="RecordEvents.Counted"/>.</summary>
    public sealed record Count(string Owner) : IProtocolMessage;
}
