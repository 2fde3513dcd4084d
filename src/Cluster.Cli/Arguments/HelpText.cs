namespace ProverCluster.Cli.Arguments;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public const string Text =
        """
        Races provers for goals: the first decisive verdict wins, every loser is ended.

          ./prove [options] GOAL...
          ./prove status|watch|withdraw|backends|cache ...     asks a running cluster: ./prove status --help
          ./prove cluster members|shards|runs|tree ...      what its nodes are at: ./prove cluster --help

        A GOAL is a file, a folder (with everything below it that has a known ending; links are not followed), or - for
        standard input. Known endings: .smt2 (SMT-LIB 2), .p and .tptp (TPTP), .cnf and .dimacs (DIMACS).

          ./prove examples/
          ./prove --runs --timeout 10s some.smt2
          ./prove --strategy sequential --backends cvc5,z3 --json a.smt2 b.p c.cnf

        What to race
          --language NAME     smtlib2, tptp or dimacs; by default the file's ending tells
          --strategy NAME     speculative (default): all at once, the first decisive verdict wins
                              sequential: one after the other, until one is decisive
                              best-of: all at once to their end, then the fastest decisive verdict
          --backends A,B      only these, in this order
          --no-cache          race although a running cluster knows the verdict from an earlier race
          --label KEY=VALUE   a word of your own on every goal; may be given more than once

        How long, how much (numbers need their units)
          --timeout 10s       a goal's deadline, from its acceptance (default 60s)
          --run-timeout 5s    a cap on each run's own time
          --memory 2GiB       a cap on each run's memory (default 2GiB)
          --parallel N        goals at once; 0 or 1: one at a time (default: the processors)
          --priority N        goals of a higher one are served first where goals wait, -100 to 100 (default 0)
          --slots N           runs at once (default: the processors, but never fewer than one goal's race needs)

        What to print
          --runs              the table of runs: who won, who was preempted, why, and when it was dead
          --show-output       the winner's model, core or proof
          --json              one JSON object for each goal, in the order of the goals
          --format solver     what a prover would print: sat, unsat, unknown; % SZS status ...; s SATISFIABLE ...

        Where and with what
          --config FILE       settings to lay over the shipped ones; may be given more than once, later ones win
          --nodes N           nodes of a cluster in this process, 1 to 64 (default 1); --slots is for each
          --cluster URL       send the goals to a running cluster, which decides what is not said here; may be given more
                              than once, for other nodes of it: http://127.0.0.1:8081
          --token-file FILE   the cluster's token is in this file (default: in the variable PROVE_TOKEN)
          --data DIR          keep a store and a cache there (not available yet)
          --help, --version

        Exit value: 0 all proved, 1 some refuted, 2 some undecided or withdrawn, 3 bad usage or a rejected goal,
        4 the node or cluster failed, 130 interrupted; the highest that applies. Ctrl+C ends every prover and still
        prints what is known; a second Ctrl+C leaves at once.
        """;
}
