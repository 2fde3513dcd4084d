namespace ProverCluster.Cli.Output;

/// <summary>Where results go: each is seen as soon as it is written.</summary>
/// <param name="writer">Standard output.</param>
/// <param name="isTerminal">Whether a person looks at it, whose terminal obeys control characters.</param>
/// <param name="progress">What else may stand on that terminal.</param>
internal sealed class ResultSink(TextWriter writer, bool isTerminal, IProgressDisplay progress)
{
    public bool IsTerminal => isTerminal;

    public void Write(string text) => progress.StepAside(() =>
    {
        writer.Write(text);
        writer.Flush();
    });
}

/// <summary>A line that comes and goes beside the results.</summary>
internal interface IProgressDisplay
{
    /// <summary>Does something while nothing of the display is on the terminal.</summary>
    void StepAside(Action action);
}
