using ProverCluster.Messages.Runs;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;
using ProverCluster.Node.Provers.Native;

// A node with nothing but provers in it, for specs that kill it: Cluster.ProverHost sandbox|fallback FOLDERS settled|storm|once|robbed PROVER [PLAY...].
// Prints its number and how it confines, then 'up' when five provers run ('settled') or as soon as it begins to start one after the
// other without end ('storm'), and waits to be killed; or says how one prover ended
// ('once'), killed if it sleeps, also where the kernel reaps all children by itself, and nobody can ask how they ended ('robbed').
using var launcher = ProverLauncher.Create(args[0] == "sandbox" ? SandboxMode.Required : SandboxMode.Off, folders: args[1]);
Console.WriteLine($"{RunTag.ThisNode} {launcher.Confinement.Sandboxed}");
var storm = args[2] == "storm";
var said = new SemaphoreSlim(0);
if (storm)
    Console.WriteLine("up");

if (args[2] is "once" or "robbed")
{
    if (args[2] == "robbed")
        Robbery.Begin();

    var one = new Seen(said);
    var process = launcher.Start(Command(0), one);
    if (args[4] == "sleep")
    {
        await one.Begun.Task;
        process.Kill();
    }

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
    await said.WaitAsync();

Console.WriteLine("up");
await Task.Delay(Timeout.Infinite);

ProverCommand Command(int i) =>
    new($"host-{i}", args[3], args[4..], new Dictionary<string, string>(), [], "x"u8.ToArray(), "goal", null, 1 << 20);

internal sealed class Seen(SemaphoreSlim said) : IProverObserver
{
    internal TaskCompletionSource<RunEnd> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Started() => Begun.SetResult();

    public void Printed(ProverStream stream, ReadOnlySpan<byte> bytes) => said.Release();

    public void Drained()
    {
    }

    public void Ended()
    {
    }

    public void Reaped(RunEnd end, RunUsage usage) => End.SetResult(end);
}

internal static unsafe class Robbery
{
    /// <summary>From now on the kernel reaps every child of this process by itself.</summary>
    internal static void Begin()
    {
        var action = stackalloc byte[256];
        new Span<byte>(action, 256).Clear();
        *(nint*)action = 1;
        _ = Libc.SigAction(Libc.Sigchld, action, null);
    }
}
