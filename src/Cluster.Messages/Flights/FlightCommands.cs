using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Messages.Flights;

public static class FlightCommands
{
    /// <summary>
    /// Answer this goal: from the cache, from a race that is under way, or from one that is begun for it. <see cref="GoalEvents"/> of it go to the sender until
    /// <see cref="GoalEvents.Settled"/> or <see cref="FlightEvents.Failed"/>. Whoever waits asks again, every few seconds. Where no
    /// flight is under way, the sender is asked first whether it is there: its <c>ActorIdentity</c> begins one.
    /// </summary>
    /// <param name="Flight">What it asks.</param>
    /// <param name="What">The goal.</param>
    /// <param name="Source">The address of the node that has its text, for as long as the sender lives.</param>
    /// <param name="Left">What is left of its deadline.</param>
    /// <param name="IsMoving">Whether the flight has said that it moves, or the goal's record has moved: the race may be on its way, and is not to be begun anew before it comes.</param>
    public sealed record Board(string Flight, Goal What, string Source, TimeSpan Left, bool IsMoving = false) : IFlightMessage;

    /// <summary>This goal is given up. One that is decided is answered all the same.</summary>
    public sealed record Leave(string Flight, GoalId Goal, string Reason) : IFlightMessage;

    /// <summary>Go on with this race, which another node hands over. Whoever waits for it boards again.</summary>
    /// <param name="Flight">What it is for.</param>
    /// <param name="Race">The goal whose race it is.</param>
    /// <param name="Source">The address of the node that has its text.</param>
    /// <param name="Age">Since that goal was accepted.</param>
    /// <param name="Had">How much time the race had when it began.</param>
    public sealed record Resume(string Flight, Goal Race, string Source, TimeSpan Age, TimeSpan Had) : IFlightMessage;
}
