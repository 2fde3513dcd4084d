namespace ProverCluster.Node.Provers.Launching;

/// <summary>What a prover sees of an environment: nothing of the node's own.</summary>
internal static class CleanEnvironment
{
    /// <summary>The run's id, for whoever looks at a process list, and for the fallback's search for what a prover started.</summary>
    internal const string RunVariable = "PROVER_CLUSTER_RUN";

    /// <summary>The number of the node that started it: what the sweep looks for.</summary>
    internal const string NodeVariable = "PROVER_CLUSTER_NODE";

    internal static List<string> For(ProverCommand command, RunTag tag, string folder)
    {
        var variables = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["LANG"] = "C.UTF-8",
            ["HOME"] = folder,
            ["TMPDIR"] = folder,
        };
        foreach (var (name, value) in command.Environment)
            variables[name] = value;

        variables[RunVariable] = command.Run;
        variables[NodeVariable] = tag.Node.ToString();
        return [.. variables.Select(variable => $"{variable.Key}={variable.Value}")];
    }
}
