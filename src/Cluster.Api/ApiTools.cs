using ProverCluster.Api.Access;
using ProverCluster.Api.Gates;
using ProverCluster.Api.Submissions;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Nodes;
using ProverCluster.Node.Records;
using ProverCluster.Node.Store;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Api;

/// <summary>What all routes share.</summary>
/// <param name="Records">The cluster's goals.</param>
/// <param name="Submitter">The way to them for those that come in.</param>
/// <param name="Tokens">Who may come in; null where nobody needs a token.</param>
/// <param name="Settings">The node's.</param>
/// <param name="Catalogue">The backends that it knows.</param>
/// <param name="Board">What it knows of the nodes that run provers.</param>
/// <param name="Cache">The verdicts that are to be had again; null where other nodes may have some, and this one has no store.</param>
/// <param name="Inspection">The cluster itself.</param>
/// <param name="Metrics">What the node measures.</param>
/// <param name="Readiness">Whether it takes goals.</param>
/// <param name="Bodies">Room for the bodies of requests and the long outputs of answers, in bytes.</param>
/// <param name="Streams">Room for requests that stay for as long as a goal takes.</param>
internal sealed record ApiTools(
    GoalRecords Records,
    Submitter Submitter,
    TokenBook? Tokens,
    NodeSettings Settings,
    BackendCatalogue Catalogue,
    NodeBoard Board,
    IVerdictCache? Cache,
    ClusterInspection Inspection,
    MetricsReading Metrics,
    Readiness Readiness,
    Room Bodies,
    Room Streams);
