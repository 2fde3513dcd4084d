using ProverCluster.Cli.Arguments;
using ProverCluster.Cli.Inputs;
using ProverCluster.Cli.Operations;
using ProverCluster.Cli.Output;
using ProverCluster.Cli.Provers;
using ProverCluster.Cli.Questions;
using ProverCluster.Cli.Racing;
using ProverCluster.Client;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli;

/// <summary>The one path of a call: words, settings, whoever proves, races, report.</summary>
internal sealed class ProveCommand(Surroundings world)
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestStopOfInterrupted = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a withdrawn goal may take to answer: the user was promised to be rid of us within a second.</summary>
    private static readonly TimeSpan WithdrawGrace = TimeSpan.FromMilliseconds(600);

    private readonly ExitCodes _codes = new();
    private bool _isClosed;

    public async Task<int> RunAsync(string[] words)
    {
        try
        {
            if (OperationArguments.IsOperation(words)) return await new OperationCommand(world).RunAsync(words);
            if (QuestionArguments.IsQuestion(words)) return await new QuestionCommand(world).RunAsync(words);
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

    private async Task<int> RaceAsync(CallOptions options)
    {
        var find = Finder(options);
        using var interrupts = new Interrupts(world.Leave);
        world.Listen(interrupts);
        Venue venue;
        try
        {
            venue = await find(interrupts.Withdraw);
        }
        catch (OperationCanceledException) when (interrupts.Happened)
        {
            return Complain("interrupted before any race began", ExitCodes.Interrupted);
        }
        catch (ProverClientException e)
        {
            return Complain(e.Message, ExitCodes.Failed);
        }
        catch (Exception e)
        {
            return Complain($"the node did not start: {Excerpt.Visible(e.Message)}", ExitCodes.Failed);
        }
        foreach (var notice in venue.Notices) Complain(notice, ExitCodes.Proved);
        await RaceAsync(options, venue, interrupts);
        await StopAsync(venue.Prover, interrupts.Happened ? LongestStopOfInterrupted : LongestStop);
        return interrupts.Happened ? ExitCodes.Interrupted : _codes.Value;
    }

    /// <summary>What is wrong with the words or the settings is said before anything begins.</summary>
    private Func<CancellationToken, Task<Venue>> Finder(CallOptions options)
    {
        if (options.Cluster.Count > 0)
        {
            var cluster = RunningCluster.Options(options.Cluster, options.TokenFile, world);
            return cancellation => RunningCluster.ReachAsync(cluster, world, cancellation);
        }

        var plan = NodePlan.Of(options, world);
        return cancellation => OwnNodes.StartAsync(plan, world, cancellation);
    }

    private async Task RaceAsync(CallOptions options, Venue venue, Interrupts interrupts)
    {
        using var progress = world.HasProgress && options.Output == OutputKind.Human ? new ProgressLine(world.Terminal, world.Time) : null;
        var display = (IProgressDisplay?)progress ?? NoProgress.Instance;
        var sink = new ResultSink(world.Output, world.OutputIsTerminal, display);
        var tally = new Tally((IRaceWatcher?)progress ?? NoProgress.Instance, world.Time);
        var runner = new GoalRunner(venue.Prover, options.OfEachGoal(WithdrawGrace), world.Input, _codes, tally);
        var stream = new GoalStream(runner, Writer(options, venue, sink), Math.Max(1, options.Parallel ?? venue.Parallel ?? world.Processors));
        await stream.RunAsync(new InputFinder(options.Language).Find(options.Goals), closed => Close(closed, interrupts), interrupts.Withdraw);
        if (options.Output == OutputKind.Human && !_isClosed && tally.Sentence is { } sentence) display.StepAside(() => world.Error.WriteLine(sentence));
    }

    private IResultWriter Writer(CallOptions options, Venue venue, ResultSink sink) => options.Output switch
    {
        OutputKind.Json => new JsonWriter(sink, options.ShowOutput),
        OutputKind.Solver => new SolverWriter(sink, options.ShowOutput, sentence => Complain(sentence, ExitCodes.Rejected)),
        _ => new HumanWriter(sink, new Colours(world.HasColours), venue.WinnerWidth, options.ShowRuns ? new RunTable(venue.HasNodes) : null, options.ShowOutput),
    };

    private void Close(IOException reason, Interrupts interrupts)
    {
        _isClosed = true;
        interrupts.WithdrawAll();
        // Whoever pipes into `head` has seen enough; a full disk is another matter.
        if (!StandardOutput.IsClosed(reason)) _codes.Add(Complain($"standard output cannot be written: {reason.Message}", ExitCodes.Failed));
    }

    private async Task StopAsync(IProver prover, TimeSpan longest)
    {
        try
        {
            await prover.DisposeAsync().AsTask().WaitAsync(longest, world.Time);
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
