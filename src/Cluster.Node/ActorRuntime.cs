namespace ProverCluster.Node;

/// <summary>Which actor runtime this program was built on. Nothing else in <c>src/</c> knows.</summary>
public static class ActorRuntime
{
#if EMBEDDED_ACTORS
    /// <summary>Whether nodes in other processes can be reached.</summary>
    public static bool HasNetwork => false;

    public static string Name => "embedded actors";
#else
    public static bool HasNetwork => true;

    public static string Name => $"Akka.NET {typeof(Akka.Actor.ActorSystem).Assembly.GetName().Version?.ToString(3)}";
#endif
}
