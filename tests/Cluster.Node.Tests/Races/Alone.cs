namespace ProverCluster.Node.Tests.Races;

/// <summary>Whole races, real processes, times and memory looked at: nothing else of this assembly runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
