// Specs of clusters wait most of their time, until a silence is long enough to count.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]
