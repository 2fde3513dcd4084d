using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Texts;

/// <summary>Bring this goal's text here. <see cref="TextFetched"/> is the answer.</summary>
/// <param name="Goal">Whose text: the store knows it by that.</param>
/// <param name="Text">Its name.</param>
/// <param name="Language">What it is written in.</param>
/// <param name="Source">The address of the node that has it.</param>
internal sealed record FetchText(GoalId Goal, TextDigest Text, GoalLanguage Language, string Source) : INoSerializationVerificationNeeded;

/// <summary>Whoever says it waits for this text no longer: it is brought here only if somebody else does.</summary>
internal sealed record UnwantText(TextDigest Text) : INoSerializationVerificationNeeded;

/// <param name="Text">Which text.</param>
/// <param name="Fault">Why it could not be had; null if it is in the store, for a moment at least.</param>
internal sealed record TextFetched(TextDigest Text, string? Fault) : INoSerializationVerificationNeeded;

/// <summary>Bring this output here. <see cref="OutputFetched"/> is the answer.</summary>
/// <param name="What">Which output, and where.</param>
/// <param name="Run">Whose.</param>
/// <param name="LetsGo">Whether it need not be kept there any longer.</param>
internal sealed record FetchOutput(ProverOutput.Kept What, RunId Run, bool LetsGo = true) : INoSerializationVerificationNeeded;

/// <param name="Output">The output; null if it could not be had.</param>
/// <param name="Fault">Why it could not be had.</param>
internal sealed record OutputFetched(string? Output, string? Fault) : INoSerializationVerificationNeeded;
