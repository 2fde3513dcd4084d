using ProverCluster.Service;

if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("node: a node runs on Linux only, since it needs what Linux has to end provers surely");
    return ExitCodes.Failed;
}

// A library that writes to standard output would mislead whoever reads it one day.
Console.SetOut(Console.Error);
return await new ServiceCommand(Console.Error, new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true }).RunAsync(args);
