namespace ProverCluster.Node;

/// <summary>What <c>--version</c> says.</summary>
public static class ProgramVersion
{
    public static string Number => typeof(ProgramVersion).Assembly.GetName().Version?.ToString(3) ?? "";

    public static string Text => $"ProverCluster {Number} ({ActorRuntime.Name})";
}
