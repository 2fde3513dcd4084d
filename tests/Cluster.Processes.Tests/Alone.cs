// Each test has a cluster of processes to itself, and seconds that count.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
