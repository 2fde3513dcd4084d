namespace ProverCluster.Api.Submissions;

/// <summary>How a goal is submitted: what a query says beside the options.</summary>
/// <param name="WaitsFor">What is waited for.</param>
/// <param name="Age">How long ago its client submitted it first: so much of its deadline has passed.</param>
/// <param name="Interest">What its client calls the interest of this connection; "" for no name.</param>
internal readonly record struct SubmissionWay(WaitsFor WaitsFor, TimeSpan Age, string Interest);

/// <summary>What the answer to a submission is.</summary>
internal enum WaitsFor
{
    /// <summary>The goal as it was accepted.</summary>
    Acceptance,

    /// <summary>The settled goal.</summary>
    Answer,

    /// <summary>Its story, as it happens.</summary>
    Events,
}
