using ProverCluster.Messages.Languages;

namespace ProverCluster.Cli.Inputs;

/// <summary>One goal to be read when its turn comes.</summary>
/// <param name="Name">For people: the path as it was given, or continued below a folder as it was given.</param>
/// <param name="Language">What it is written in; null together with a problem.</param>
/// <param name="Problem">Why it cannot be read, in words, or null.</param>
internal sealed record GoalInput(string Name, GoalLanguage? Language, string? Problem = null)
{
    public const string StandardInput = "-";
}
