using ProverCluster.Api.Fuzz;

namespace ProverCluster.Api;

/// <summary>One cluster at a time: its nodes are to hear each other in time.</summary>
[CollectionDefinition(nameof(Several_nodes), DisableParallelization = true)]
public sealed class SeveralNodesCollection;

/// <summary>It takes all the processors there are.</summary>
[CollectionDefinition(nameof(Malformed_requests), DisableParallelization = true)]
public sealed class MalformedRequestsCollection;
