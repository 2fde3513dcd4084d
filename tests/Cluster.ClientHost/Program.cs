using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ProverCluster.Client;
using ProverCluster.Messages.Ids;

// A program that has goals proved by a cluster, for specs that interrupt or kill it: Cluster.ClientHost ENDPOINT BACKEND. For each line of its input, an id and
// the path of a file, it has the goal proved and prints the verdict. At Ctrl+C it gives up what is under way, prints how that went, and ends.
using var interrupted = new CancellationTokenSource();
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
{
    context.Cancel = true;
    interrupted.Cancel();
});
await using var prover = ProverClient.Connect(args[0]);
var proving = new ConcurrentBag<Task>();
// On a thread of its own: reading standard input blocks.
var reading = Task.Factory.StartNew(Read, TaskCreationOptions.LongRunning);
Console.WriteLine("up");
await Task.WhenAny(reading, Task.Delay(Timeout.Infinite, interrupted.Token));
await Task.WhenAll(proving);
return interrupted.IsCancellationRequested ? 130 : 0;

void Read()
{
    while (Console.ReadLine()?.Split(' ', 2) is [var id, var file])
        proving.Add(ProveAsync(GoalId.Parse(id), file));
}

async Task ProveAsync(GoalId id, string file)
{
    try
    {
        var result = await prover.ProveAsync(Goal.FromFile(file) with { Id = id }, new() { Backends = [args[1]] }, null, interrupted.Token);
        Console.WriteLine($"{id} {result.Verdict}");
    }
    catch (GoalWithdrawnException withdrawn)
    {
        Console.WriteLine($"{id} withdrawn, {(withdrawn.IsConfirmed ? "confirmed" : "not confirmed")}");
    }
}
