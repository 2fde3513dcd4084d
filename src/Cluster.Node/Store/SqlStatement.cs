namespace ProverCluster.Node.Store;

/// <summary>A statement that both kinds of database understand.</summary>
/// <param name="Text">With <c>$1</c>, <c>$2</c> ... for the values.</param>
/// <param name="Values">Texts, numbers of 64 bits, bytes, and null.</param>
internal sealed record SqlStatement(string Text, params object?[] Values);
