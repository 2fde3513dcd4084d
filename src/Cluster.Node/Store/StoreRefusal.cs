namespace ProverCluster.Node.Store;

/// <summary>A store that cannot be used, found at the start. The message is one sentence for a person: what was read, and what is wanted.</summary>
public sealed class StoreRefusal(string sentence) : Exception(sentence);
