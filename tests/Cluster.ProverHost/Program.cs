using ProverCluster.Messages.Runs;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;

// A node with nothing but provers in it, for specs that kill it: Cluster.ProverHost sandbox|fallback FOLDERS settled|storm|once PROVER [PLAY...].
// Prints its number and how it confines, then 'up' when five provers run ('settled') or as soon as it begins to start one after the
// other without end ('storm'), and waits to be killed; or says how one prover ended ('once').
using var launcher = ProverLauncher.Create(args[0] == "sandbox" ? SandboxMode.Required : SandboxMode.Off, folders: args[1]);
Console.WriteLine($"{RunTag.ThisNode} {launcher.Confinement.Sandboxed}");
var storm = args[2] == "storm";
var said = new SemaphoreSlim(0);
if (storm)
{
    Console.WriteLine("up");
}

if (args[2] == "once")
{
    var one = new Seen(said);
    launcher.Start(Command(0), one);
    Console.WriteLine(await one.End.Task);
    return;
}

for (var i = 0; storm || i < 5; i++)
{
    var process = launcher.Start(Command(i), new Seen(said));
    if (storm)
    {
        // A few at a time, killed a moment after they were started: whenever the node dies, some are being started.
        await Task.Delay(1);
        _ = Task.Delay(10).ContinueWith(_ => process.Kill(), TaskScheduler.Default);
    }
}

for (var i = 0; i < 5; i++)
{
    await said.WaitAsync();
}

Console.WriteLine("up");
await Task.Delay(Timeout.Infinite);

ProverCommand Command(int i) =>
    new($"host-{i}", args[3], args[4..], new Dictionary<string, string>(), [], "x"u8.ToArray(), "goal", null, 1 << 20);

internal sealed class Seen(SemaphoreSlim said) : IProverObserver
{
    internal TaskCompletionSource<RunEnd> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Started()
    {
    }

    public void Printed(ProverStream stream, ReadOnlySpan<byte> bytes) => said.Release();

    public void Drained()
    {
    }

    public void Ended()
    {
    }

    public void Reaped(RunEnd end, RunUsage usage) => End.SetResult(end);
}
