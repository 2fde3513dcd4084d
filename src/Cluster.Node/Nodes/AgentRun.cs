using Akka.Actor;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Runners;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Nodes;

/// <summary>One run as its node's agent knows it.</summary>
internal sealed class AgentRun(RunRequest request)
{
    public RunRequest Request { get; } = request;

    public RunId Id => Request.Start.Run;

    /// <summary>Null before the goal's text is here, and after the runner has stopped.</summary>
    public IActorRef? Runner { get; set; }

    /// <summary>How it ended; told until it is heard.</summary>
    public RunEvents.Ended? Last { get; set; }

    /// <summary>Whether the runner stopped while its prover lived, and it still may.</summary>
    public bool IsProverLeft { get; set; }

    public bool IsHeard { get; set; }

    /// <summary>For an operator; its runner knows more.</summary>
    public AgentRunView View(TimeSpan age) => new(Id, Last is not null ? RunStage.Ended : Runner is null ? RunStage.Fetching : RunStage.Running, age, Runner);

    public bool Awaits(TextDigest text) => this is { Runner: null, Last: null } && Request.Start.Text == text;
}

/// <summary>To an agent: which runs have you? Answered with <see cref="AgentRuns"/>.</summary>
internal sealed class ListRuns : INoSerializationVerificationNeeded
{
    public static readonly ListRuns Instance = new();

    private ListRuns()
    {
    }
}

internal sealed record AgentRuns(IReadOnlyList<AgentRunView> Runs) : INoSerializationVerificationNeeded;

/// <summary>A run as its agent sees it.</summary>
/// <param name="Run">Which.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Age">Since the node was asked for it.</param>
/// <param name="Runner">Who has it; null for nobody.</param>
internal sealed record AgentRunView(RunId Run, RunStage Stage, TimeSpan Age, IActorRef? Runner);

/// <summary>What an agent needs.</summary>
/// <param name="Runners">What its runners need.</param>
/// <param name="Goals">Where messages to coordinators go.</param>
/// <param name="Texts">The texts on this node.</param>
/// <param name="Fetcher">Brings texts here from other nodes: a <see cref="TextsActor"/>.</param>
/// <param name="Backends">What the node has.</param>
/// <param name="Slots">Runs at once.</param>
/// <param name="QueueLimit">Goals that may wait.</param>
internal sealed record AgentTools(
    RunnerTools Runners,
    IActorRef Goals,
    TextStore Texts,
    IActorRef Fetcher,
    IReadOnlyList<BackendOffer> Backends,
    int Slots,
    int QueueLimit)
{
    /// <summary>What the node has, with versions, once the provers have told them; null where nobody needs to know early.</summary>
    public Func<Task<IReadOnlyList<BackendOffer>>>? Versions { get; init; }

    /// <summary>Tells the node from one that had its name before.</summary>
    public long Life { get; init; }
}
