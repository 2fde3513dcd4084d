namespace ProverCluster.Messages.Goals;

/// <summary>How the runs of one goal follow each other.</summary>
public enum Strategy
{
    /// <summary>All at once; the first decisive verdict wins and the others are preempted.</summary>
    Speculative,

    /// <summary>One after the other until one is decisive; each gets an even share of what is left of the deadline.</summary>
    Sequential,

    /// <summary>All at once, none is preempted; when all have ended the fastest decisive verdict is the answer.</summary>
    BestOf,
}
