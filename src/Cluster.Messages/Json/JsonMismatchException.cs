namespace ProverCluster.Messages.Json;

/// <summary>A JSON text is not what the contract says. The message is one sentence, and quotes nothing of the text.</summary>
public sealed class JsonMismatchException(string sentence) : FormatException(sentence);
