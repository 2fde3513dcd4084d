using Akka.Actor;
using ProverCluster.Messages.Goals;
using ProverCluster.Node.Store;

namespace ProverCluster.Node.Records;

/// <summary>What a record wants to be raced.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Stage">What is behind it.</param>
/// <param name="Source">The address of the node that has its text; "" if that is the store alone.</param>
/// <param name="Since">How long ago it was accepted.</param>
/// <param name="Owner">Whose goal it is.</param>
/// <param name="Stands">Whether the owner's interest lasts although nobody waits.</param>
/// <param name="AcceptedAt">In milliseconds of Unix time.</param>
/// <param name="Rejection">Why its text is no goal, so that there is nothing to be raced; null if it is one.</param>
/// <param name="Flight">The flight that it is on; null where that is not known yet.</param>
/// <param name="IsMoving">Whether its record has just been handed over: the race may be on its way as well.</param>
internal sealed record RecordedRace(
    Goal Goal, RaceStage Stage, string Source, TimeSpan Since, string Owner, bool Stands, long AcceptedAt, string? Rejection, string? Flight, bool IsMoving = false);

internal enum RaceStage
{
    /// <summary>Nobody has been told anything of it: it is stored first.</summary>
    New,

    /// <summary>It was withdrawn, and is wanted again: it is opened again first, with a new deadline.</summary>
    Anew,

    /// <summary>It is raced already, and whoever races it has the text.</summary>
    Told,

    /// <summary>It was accepted in an earlier life of its record, and comes from the store.</summary>
    Stored,
}

/// <summary>The goal is stored, its text is here, and its race is asked for.</summary>
/// <param name="Source">The address of the node that has the text, from now on.</param>
/// <param name="Since">How long ago it was accepted: longer than was thought, if an earlier life of the record has accepted it.</param>
/// <param name="Stands">Whether its owner's interest stands since such an earlier life.</param>
/// <param name="IsStandingKept">Whether the store knows that its owner's interest stands.</param>
/// <param name="Flight">The flight that it is on; null if it has a race of its own.</param>
internal sealed record RaceAccepted(string Source, TimeSpan Since, bool Stands, bool IsStandingKept, string? Flight) : INoSerializationVerificationNeeded;

/// <summary>It cannot be raced, since it is no goal.</summary>
internal sealed record RaceRejected(string Why) : INoSerializationVerificationNeeded;

/// <summary>The goal cannot be raced, or nobody can be found who does.</summary>
internal sealed record RaceLost(string Why) : INoSerializationVerificationNeeded
{
    public const string Late = "deadline passed";
}

/// <summary>The goal was settled in an earlier life of its record.</summary>
internal sealed record FoundSettled(StoredGoal Goal) : INoSerializationVerificationNeeded;

/// <summary>The goal is not accepted.</summary>
/// <param name="Why">Why the store could not say; null if it has another goal under its id.</param>
internal sealed record NotStored(string? Why) : INoSerializationVerificationNeeded
{
    public static readonly NotStored Conflict = new((string?)null);

    public static NotStored Because(Exception failure) => new(failure is StoreUnavailable ? failure.Message : $"the store failed: {failure.Message}");
}
