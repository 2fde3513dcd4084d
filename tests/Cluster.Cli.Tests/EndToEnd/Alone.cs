namespace ProverCluster.Cli.Tests.EndToEnd;

/// <summary>The built program and real processes, with seconds that count: nothing else of this assembly runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
