using ProverCluster.Bench;
using ProverCluster.Bench.Actors;
using ProverCluster.Bench.Overhead;
using ProverCluster.Bench.Preempt;

try
{
    return args switch
    {
        ["preempt", .. var words] => await PreemptBench.RunAsync(new BenchOptions(words)),
        ["overhead", .. var words] => await OverheadBench.RunAsync(new BenchOptions(words)),
        ["actors", .. var words] => await ActorThroughput.RunAsync(new BenchOptions(words)),
        ["--help" or "-h"] => BenchHelp.Print(Console.Out, 0),
        _ => BenchHelp.Print(Console.Error, 3),
    };
}
catch (BenchRefusal refusal)
{
    Console.Error.WriteLine($"bench: {refusal.Message}");
    return 3;
}
