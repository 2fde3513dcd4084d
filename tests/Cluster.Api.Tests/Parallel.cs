// Specs of an interface wait most of their time: for provers to live, for connections to end.
[assembly: CollectionBehavior(MaxParallelThreads = 6)]
