using System.Globalization;
using ProverCluster.Bench;
using ProverCluster.Bench.Actors;
using ProverCluster.Bench.Cache;
using ProverCluster.Bench.Cluster;
using ProverCluster.Bench.ClusterPreempt;
using ProverCluster.Bench.Http;
using ProverCluster.Bench.Overhead;
using ProverCluster.Bench.Preempt;
using ProverCluster.Bench.Store;

try
{
    return args switch
    {
        ["preempt", .. var words] => await PreemptBench.RunAsync(new BenchOptions(words)),
        ["overhead", .. var words] => await OverheadBench.RunAsync(new BenchOptions(words)),
        ["actors", .. var words] => await ActorThroughput.RunAsync(new BenchOptions(words)),
        ["cluster", .. var words] => await ClusterBench.RunAsync(new BenchOptions(words)),
        ["cluster-preempt", .. var words] => await ClusterPreemptBench.RunAsync(new BenchOptions(words)),
        ["http", .. var words] => await HttpBench.RunAsync(new BenchOptions(words)),
        ["cache", .. var words] => await CacheBench.RunAsync(new BenchOptions(words)),
        ["store", .. var words] => await StoreBench.RunAsync(new BenchOptions(words)),
        [HttpNode.Word] => await HttpNode.RunAsync(),
        [StampedNode.Word, var role, var tick, var sandbox, .. var seeds] => await StampedNode.RunAsync(role, double.Parse(tick, CultureInfo.InvariantCulture), sandbox, seeds),
        [BareHop.Word, var tick] => await BareHop.RunAsync(double.Parse(tick, CultureInfo.InvariantCulture), next: null),
        [BareHop.Word, var tick, var next] => await BareHop.RunAsync(double.Parse(tick, CultureInfo.InvariantCulture), int.Parse(next, CultureInfo.InvariantCulture)),
        ["--help" or "-h"] => BenchHelp.Print(Console.Out, 0),
        _ => BenchHelp.Print(Console.Error, 3),
    };
}
catch (BenchRefusal refusal)
{
    Console.Error.WriteLine($"bench: {refusal.Message}");
    return 3;
}
