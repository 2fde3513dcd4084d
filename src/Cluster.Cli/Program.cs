using ProverCluster.Cli;
using ProverCluster.Cli.Output;
using ProverCluster.Node;

if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("prove: a node runs on Linux only, since it needs what Linux has to end provers surely");
    return 4;
}

// Nothing but results belongs on standard output, whatever a library writes to it.
Console.SetOut(Console.Error);
var world = new Surroundings
{
    Output = new StreamWriter(new StandardOutput(), bufferSize: 1 << 14),
    OutputIsTerminal = !Console.IsOutputRedirected,
    Error = Console.Error,
    ErrorIsTerminal = !Console.IsErrorRedirected,
    StartRaces = async (plan, cancellation) => plan.Nodes == 1
        ? await ProverNode.StartAsync(plan.Settings, plan.Catalogue, null, cancellation)
        : await LocalCluster.StartAsync(plan.Settings, plan.Catalogue, plan.Nodes, cancellation),
};
return await new ProveCommand(world).RunAsync(args);
