using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Backends.Readings;

/// <summary>What the end of a process says of what it printed.</summary>
internal static class OwnEnd
{
    /// <summary>Why that end makes the run an error, or null: for an accepted exit, or if there was no end of its own.</summary>
    public static string? Fault(RunEnd? end, ReadingRules rules) => end switch
    {
        RunEnd.Exited exited when !rules.AcceptedExits.Contains(exited.Code) => $"exit {exited.Code} is not one {rules.Backend} accepts",
        RunEnd.Signalled signalled => $"ended by signal {signalled.Signal}{Name(signalled.Signal)}",
        _ => null,
    };

    private static string Name(int signal) => signal switch
    {
        1 => " (SIGHUP)",
        2 => " (SIGINT)",
        3 => " (SIGQUIT)",
        4 => " (SIGILL)",
        5 => " (SIGTRAP)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        13 => " (SIGPIPE)",
        14 => " (SIGALRM)",
        15 => " (SIGTERM)",
        24 => " (SIGXCPU)",
        25 => " (SIGXFSZ)",
        31 => " (SIGSYS)",
        _ => "",
    };
}
