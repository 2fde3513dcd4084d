namespace ProverCluster.Node;

/// <summary>What <c>--version</c> says.</summary>
public static class ProgramVersion
{
    public static string Text => $"ProverCluster {typeof(ProgramVersion).Assembly.GetName().Version?.ToString(3)} ({ActorRuntime.Name})";
}
