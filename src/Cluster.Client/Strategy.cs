namespace ProverCluster.Client;

/// <summary>How the runs of one goal follow each other.</summary>
public enum Strategy
{
    /// <summary>All at once; the first decisive verdict wins and the others are ended.</summary>
    Speculative,

    /// <summary>One after the other until one is decisive; each gets an even share of what is left of the deadline.</summary>
    Sequential,

    /// <summary>All at once, none is ended early; the fastest decisive verdict is the answer.</summary>
    BestOf,
}
