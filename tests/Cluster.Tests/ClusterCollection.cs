namespace ProverCluster.Tests;

/// <summary>One cluster at a time: each has several nodes, and they are to hear each other in time.</summary>
[CollectionDefinition("cluster", DisableParallelization = true)]
public sealed class ClusterCollection;
