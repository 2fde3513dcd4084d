namespace ProverCluster.Service;

/// <summary>How the program ends.</summary>
internal static class ExitCodes
{
    /// <summary>It was told to stop, and has left in order.</summary>
    public const int Left = 0;

    /// <summary>The command line or a configuration file is wrong, or asks for what this build or machine cannot do.</summary>
    public const int Refused = 3;

    /// <summary>It did not start, or was cut off from its cluster.</summary>
    public const int Failed = 4;

    /// <summary>Added to the number of the second signal, which ended it at once: what a shell says of a killed program.</summary>
    public const int Signalled = 128;
}
