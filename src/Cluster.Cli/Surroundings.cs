using ProverCluster.Cli.Provers;
using ProverCluster.Client;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;
using Spectre.Console;

namespace ProverCluster.Cli;

/// <summary>Everything outside the program that it touches, so that a test can stand in for all of it.</summary>
internal sealed record Surroundings
{
    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public Func<Stream> Input { get; init; } = Console.OpenStandardInput;

    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public int Processors { get; init; } = Environment.ProcessorCount;

    public long? MachineBytes { get; init; } = MachineMemory.Bytes();

    /// <summary>Finds a prover's program; null for the real way.</summary>
    public Func<string, string?>? FindProgram { get; init; }

    /// <summary>Tells about interrupts of the program from now on.</summary>
    public Action<Racing.Interrupts> Listen { get; init; } = interrupts => interrupts.Listen();

    /// <summary>Ends the process where it stands, after an interrupt.</summary>
    public Action Leave { get; init; } = () => Environment.Exit(Racing.ExitCodes.Interrupted);

    /// <summary>Starts nodes in this process.</summary>
    public required Func<NodePlan, CancellationToken, Task<IGoalRaces>> StartRaces { get; init; }

    /// <summary>Reaches a running cluster.</summary>
    public Func<ProverClientOptions, IProverClient> Connect { get; init; } = ProverClient.Connect;

    // A dumb terminal shows control sequences instead of obeying them.
    public bool HasColours => OutputIsTerminal && Variable("TERM") is not ("dumb" or "" or null) && string.IsNullOrEmpty(Variable("NO_COLOR"));

    public bool HasProgress => OutputIsTerminal && ErrorIsTerminal && Variable("TERM") is not ("dumb" or "" or null);

    /// <summary>Standard error as a terminal of Spectre.Console.</summary>
    public IAnsiConsole Terminal() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error), Ansi = AnsiSupport.Yes });
}
