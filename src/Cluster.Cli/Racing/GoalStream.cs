using System.Threading.Channels;
using ProverCluster.Cli.Inputs;
using ProverCluster.Cli.Output;

namespace ProverCluster.Cli.Racing;

/// <summary>Races goals, some at once, and prints them in the order they came in, each as soon as those before it are printed.</summary>
internal sealed class GoalStream(GoalRunner runner, IResultWriter writer, int parallel)
{
    /// <summary>How far the races may be ahead of the printing: a bound on what is kept when the first goal takes long.</summary>
    private const int Ahead = 1024;

    /// <summary>Returns when every goal that was started is settled.</summary>
    /// <param name="inputs">Taken one by one, each when it is its turn.</param>
    /// <param name="withdraw">Gives all goals up; those that never started are printed as withdrawn.</param>
    /// <param name="closed">Called once if nobody reads the results any more.</param>
    public async Task RunAsync(IEnumerable<GoalInput> inputs, Action<IOException> closed, CancellationToken withdraw)
    {
        var inOrder = Channel.CreateBounded<GoalInFlight>(Ahead);
        var racing = RaceAllAsync(inputs, inOrder.Writer, withdraw);
        await PrintAllAsync(inOrder.Reader, closed);
        await racing;
    }

    private async Task RaceAllAsync(IEnumerable<GoalInput> inputs, ChannelWriter<GoalInFlight> inOrder, CancellationToken withdraw)
    {
        var places = new SemaphoreSlim(parallel);
        try
        {
            foreach (var input in inputs)
            {
                await places.WaitAsync(CancellationToken.None);
                var goal = runner.Start(input, withdraw);
                _ = FreeAsync(goal.Settled, places);
                await inOrder.WriteAsync(goal, CancellationToken.None);
            }
            for (var i = 0; i < parallel; i++) await places.WaitAsync(CancellationToken.None);
        }
        finally
        {
            inOrder.Complete();
        }
    }

    private static async Task FreeAsync(Task settled, SemaphoreSlim places)
    {
        await settled;
        places.Release();
    }

    private async Task PrintAllAsync(ChannelReader<GoalInFlight> inOrder, Action<IOException> closed)
    {
        var isOpen = true;
        await foreach (var goal in inOrder.ReadAllAsync())
        {
            if (!isOpen) continue;
            try
            {
                await writer.WriteAsync(goal);
            }
            catch (IOException e)
            {
                isOpen = false;
                closed(e);
            }
        }
    }
}
