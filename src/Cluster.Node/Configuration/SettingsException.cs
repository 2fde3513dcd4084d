namespace ProverCluster.Node.Configuration;

/// <summary>A configuration that cannot be used. The message is one sentence for a person: which file, which key, what was read, what is wanted.</summary>
public sealed class SettingsException(string sentence) : Exception(sentence);
