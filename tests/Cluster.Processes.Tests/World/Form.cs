namespace ProverCluster.Processes.World;

/// <summary>A test's short form, for everybody, and its long one, with what users have.</summary>
/// <param name="Rounds">How often the same is done.</param>
/// <param name="Goals">How many goals are to be settled between one thing and the next.</param>
/// <param name="InFlight">Goals at once.</param>
/// <param name="Sandbox">For provers.</param>
/// <param name="Akka">Laid over the shipped configuration.</param>
internal sealed record Form(int Rounds, int Goals, int InFlight, string Sandbox, string Akka)
{
    /// <summary>
    /// A lost node is missed after seconds and not after a minute. Not sooner, since here a node that waits for a processor is not a dead one.
    /// </summary>
    private const string Quick = """
        akka.cluster {
          failure-detector.acceptable-heartbeat-pause = 4s
          split-brain-resolver.stable-after = 3s
          down-removal-margin = 3s
          sharding.rebalance-interval = 2s
        }
        """;

    public static readonly Form Short = new(Rounds: 1, Goals: 10, InFlight: 6, Sandbox: "off", Quick);

    public static readonly Form Long = new(Rounds: 20, Goals: 200, InFlight: 12, Sandbox: "auto", "");

    /// <summary>Two provers for formulas: one does what the goal's text says, one never comes to an end.</summary>
    public string Configuration(string variable, string mark) => $$"""
        prover-cluster {
          slots = 4
          sandbox { mode = {{Sandbox}}, bubblewrap = "/usr/bin/bwrap" }
          backends {
            {{Played.Player}} {{Entry("[\"goal\", \"{goal}\"]", variable, mark)}}
            {{Played.Sleeper}} {{Entry("[\"sleep\", \"3600\"]", variable, mark)}}
          }
        }
        {{Akka}}
        """;

    private static string Entry(string arguments, string variable, string mark) => $$"""
        { languages = [dimacs], executable = "{{Repo.Puppet}}", arguments = {{arguments}}, version-arguments = []
          reading { proved = "unsat", refuted = "sat" }
          environment { {{variable}} = "{{mark}}" } }
        """;
}
