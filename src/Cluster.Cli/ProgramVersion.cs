using ProverCluster.Node;

namespace ProverCluster.Cli;

internal static class ProgramVersion
{
    public static string Text => $"ProverCluster {typeof(ProgramVersion).Assembly.GetName().Version?.ToString(3)} ({ActorRuntime.Name})";
}
