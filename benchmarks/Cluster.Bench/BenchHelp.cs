namespace ProverCluster.Bench;

internal static class BenchHelp
{
    private const string Text = """
        ./bench NAME [options]      measures on this machine; exits with 1 if what is required of a figure does not hold

          preempt     how soon after the winner's verdict a loser gets its signal, and how soon nothing of it is left; for each kind
                      of loser and for all, p50, p99 and the most. Two runs' times are on one clock to some 0.1 ms
              --races 1000        races against small losers, of each kind in turn
              --large 20          races against a loser of 1 GiB, and as many against one of 2 GiB
              --tick 10ms         the runners' own pace
              --sandbox required  or auto, or off
          overhead    what we add to the raw prover, and what GNU parallel adds, to the first verdict on the same goals
              --rounds 50         how often each goal is decided in each way
              --warmup 10         rounds before that, which are not counted
              --goals FOLDER      SMT-LIB 2 goals that both z3 and cvc5 decide
          actors      messages a second through the actor runtime of this build
              --scale 100         per cent of the usual number of messages
          cluster     goals a second on 1, 2 and 4 nodes with provers that sleep, what a goal and a run cost of processor time
                      and hold of memory, and what nodes say to each other that have nothing to do
              --time 10s          how long each size is measured
              --sleep 100ms       how long a prover takes
              --slots 8           of each node
              --goals 1000        goals of each of the rounds that costs are taken from, and held open at once (at most 10,000)
          cluster-preempt     how soon after the winner's verdict on one node a loser on another gets its signal; four processes on loopback,
                      beside bare sockets
              --races 1000
              --tick 10ms         the runners' own pace
              --sandbox auto      or required, or off
          http        what the HTTP interface adds to a goal, goals a second through it (with wrk beside), and the memory of idle streams of events
              --goals 2000        each way, one at a time and 16 at a time
              --time 10s          of each run of wrk
              --streams 1000
          cache       how soon a goal is answered whose verdict is known, in the node's process and over HTTP, and how many races a crowd starts that
                      submits the same goal at once. The store is a folder
              --hits 2000         in each way, one after the other
              --clients 200       in the crowd
              --data FOLDER       where a folder for the store is made (default: the machine's for temporary files)
          store       goals that are accepted and flushed a second, beside a bare loop of single commits on the same store, on both kinds of store;
                      and what an open goal takes of the disk, and of the memory of a node that has many
              --time 10s          of each way
              --clients 64
              --goals 100000      open at once
              --data FOLDER       where the folders are made (default: the machine's for temporary files)

          --json FILE             writes the figures there; otherwise they end the output

        On a machine that others use too, root can put the benchmark and its provers before them: chrt --rr 1 ./bench NAME
        """;

    public static int Print(TextWriter to, int code)
    {
        to.WriteLine(Text);
        return code;
    }
}
