namespace ProverCluster.Cli.Questions;

/// <summary>What <c>--help</c> prints behind one of the questions.</summary>
internal static class QuestionHelp
{
    public const string Text =
        """
        Asks a running cluster.

          ./prove status [ID...]      how goals stand, newest first; --runs with their runs
          ./prove watch ID            what happens to a goal, until it is settled
          ./prove withdraw ID...      gives goals up: their provers are ended
          ./prove backends            what can be run; without --cluster, on this machine
          ./prove cache show          the verdicts that it knows from earlier races
          ./prove cache clear         has it forget them

          --cluster URL       a node of it; may be given more than once (default http://127.0.0.1:8081)
          --token-file FILE   the cluster's token is in this file (default: in the variable PROVE_TOKEN)
          --state NAME        status: only goals that are open, decided or settled
          --label KEY=VALUE   status: only goals with this label; may be given more than once
          --runs              status, withdraw: the table of runs
          --json              one JSON object for each goal or verdict, or for all nodes (not for watch)
          --help

        Exit value: 0 it was answered; watch: as of a goal that is proved; 3 bad usage or an unknown goal, 4 the cluster failed,
        130 interrupted. A file that is called like a question is given as ./status.
        """;
}
