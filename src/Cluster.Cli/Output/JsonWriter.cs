using ProverCluster.Cli.Racing;
using ProverCluster.Messages.Json;

namespace ProverCluster.Cli.Output;

/// <summary>One JSON object for each goal, each on one line.</summary>
internal sealed class JsonWriter(ResultSink sink, bool showOutput) : IResultWriter
{
    public async Task WriteAsync(GoalInFlight goal)
    {
        var result = await goal.Settled;
        sink.Write(GoalJson.Line(json => GoalJson.Write(json, result.Answer, result.Language, showOutput)) + "\n");
    }
}
