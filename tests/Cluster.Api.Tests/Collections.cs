namespace ProverCluster.Api;

/// <summary>One cluster at a time: its nodes are to hear each other in time.</summary>
[CollectionDefinition(nameof(Several_nodes), DisableParallelization = true)]
public sealed class SeveralNodesCollection;
