namespace ProverCluster.Cli.Arguments;

/// <summary>The command line asks for something that cannot be. The message is one sentence for a person.</summary>
internal sealed class UsageException(string sentence) : Exception(sentence);
