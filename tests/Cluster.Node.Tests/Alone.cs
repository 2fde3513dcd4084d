namespace ProverCluster.Node.Tests;

/// <summary>For specs that look at times, memory or what the whole process has: nothing else of this assembly runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
