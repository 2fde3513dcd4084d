using ProverCluster.Cli.Arguments;
using ProverCluster.Cli.Inputs;
using ProverCluster.Cli.Output;
using ProverCluster.Cli.Racing;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli;

/// <summary>The one path of a call: words, settings, node, races, report.</summary>
internal sealed class ProveCommand(Surroundings world)
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestStopOfInterrupted = TimeSpan.FromMilliseconds(200);

    private readonly ExitCodes _codes = new();
    private bool _isClosed;

    public async Task<int> RunAsync(string[] words)
    {
        try
        {
            var arguments = new ProveArguments(words);
            if (arguments.WantsHelp) return Print(HelpText.Text);
            if (arguments.WantsVersion) return Print(ProgramVersion.Text);
            return await RaceAsync(arguments.Read());
        }
        catch (Exception e) when (e is UsageException or SettingsException)
        {
            return Complain(e.Message, ExitCodes.Rejected);
        }
        catch (IOException e) when (StandardOutput.IsClosed(e))
        {
            return ExitCodes.Proved;
        }
        catch (Exception e)
        {
            return Complain($"internal failure: {Excerpt.Of(e.Message)} ({e.GetType().Name})", ExitCodes.Failed);
        }
    }

    private async Task<int> RaceAsync(ProveOptions options)
    {
        var plan = NodePlan.Of(options, world);
        using var interrupts = new Interrupts(world.Time, world.Leave);
        world.Listen(interrupts);
        IGoalRaces races;
        try
        {
            races = await world.StartRaces(plan, interrupts.Withdraw);
        }
        catch (OperationCanceledException) when (interrupts.Happened)
        {
            return Complain("interrupted before any race began", ExitCodes.Interrupted);
        }
        catch (Exception e)
        {
            return Complain($"the node did not start: {Excerpt.Visible(e.Message)}", ExitCodes.Failed);
        }
        foreach (var notice in plan.Notices.Concat(races.Notices)) Complain(notice, ExitCodes.Proved);
        await RaceAsync(options, plan, races, interrupts);
        await StopAsync(races, interrupts.Happened ? LongestStopOfInterrupted : LongestStop);
        return interrupts.Happened ? ExitCodes.Interrupted : _codes.Value;
    }

    private async Task RaceAsync(ProveOptions options, NodePlan plan, IGoalRaces races, Interrupts interrupts)
    {
        using var progress = world.HasProgress && options.Output == OutputKind.Human ? new ProgressLine(world.Terminal, world.Time) : null;
        var display = (IProgressDisplay?)progress ?? NoProgress.Instance;
        var sink = new ResultSink(world.Output, world.OutputIsTerminal, display);
        var tally = new Tally((IRaceWatcher?)progress ?? NoProgress.Instance, world.Time);
        var texts = new GoalTexts(plan.Settings.Goals.MaxTextBytes, world.Input);
        var reading = new GoalReading(texts, world.Variable("TPTP"));
        var runner = new GoalRunner(races, reading, options, plan.Settings, _codes, tally);
        var stream = new GoalStream(runner, Writer(options, plan, sink), plan.Parallel);
        await stream.RunAsync(new InputFinder(options.Language).Find(options.Goals), closed => Close(closed, interrupts), interrupts.Withdraw);
        if (options.Output == OutputKind.Human && !_isClosed && tally.Sentence is { } sentence) display.StepAside(() => world.Error.WriteLine(sentence));
    }

    private IResultWriter Writer(ProveOptions options, NodePlan plan, ResultSink sink) => options.Output switch
    {
        OutputKind.Json => new JsonWriter(sink, options.ShowOutput),
        OutputKind.Solver => new SolverWriter(sink, options.ShowOutput, sentence => Complain(sentence, ExitCodes.Rejected)),
        _ => new HumanWriter(sink, new Colours(world.HasColours), plan.WinnerWidth, options.ShowRuns ? new RunTable(hasNodes: plan.Nodes > 1) : null, options.ShowOutput),
    };

    private void Close(IOException reason, Interrupts interrupts)
    {
        _isClosed = true;
        interrupts.WithdrawAll();
        // Whoever pipes into `head` has seen enough; a full disk is another matter.
        if (!StandardOutput.IsClosed(reason)) _codes.Add(Complain($"standard output cannot be written: {reason.Message}", ExitCodes.Failed));
    }

    private async Task StopAsync(IGoalRaces races, TimeSpan longest)
    {
        try
        {
            await races.DisposeAsync().AsTask().WaitAsync(longest, world.Time);
        }
        catch (Exception e)
        {
            // Every verdict is out; what hangs dies with this process.
            _codes.Add(Complain($"the node did not stop: {Excerpt.Of(e.Message)}", ExitCodes.Failed));
        }
    }

    private int Print(string text)
    {
        world.Output.WriteLine(text);
        world.Output.Flush();
        return ExitCodes.Proved;
    }

    private int Complain(string sentence, int code)
    {
        world.Error.WriteLine($"prove: {sentence}");
        return code;
    }
}
