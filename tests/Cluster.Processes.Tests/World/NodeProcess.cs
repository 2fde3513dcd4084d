using System.Diagnostics;
using System.Runtime.InteropServices;
using ProverCluster.Messages.Ids;

namespace ProverCluster.Processes.World;

/// <summary>A node as <c>./node</c> runs it, in a process of its own, and its provers in the world.</summary>
internal sealed class NodeProcess : IDisposable
{
    private const string Variable = "PROVER_CLUSTER_SPEC";

    private readonly Process _process;
    private readonly Lines _said = new();

    private NodeProcess(Process process, ProverProcesses provers) => (_process, Provers) = (process, provers);

    /// <summary>As the others call it: <c>host:port</c>.</summary>
    public string Name { get; private set; } = "";

    public ProverProcesses Provers { get; }

    public string Said => _said.Text;

    /// <summary>What it has said and when, and what it runs, for a test that fails.</summary>
    public string Story => $"{Name}{(IsAlive ? "" : ", gone")}, with {Runs}:\n{_said.Timed}";

    /// <summary>How many lines it has said so far.</summary>
    public int LinesSaid => _said.Count;

    /// <summary>The runs whose provers live, for a test that fails.</summary>
    public string Runs => string.Join(' ', RunsAlive.DefaultIfEmpty("no prover"));

    /// <summary>The same one by one; a process that does not say whose run it is goes by its program's name.</summary>
    public IEnumerable<string> RunsAlive => Provers.Look()
        .Select(each => each.Environment.Split('\0').FirstOrDefault(variable => variable.StartsWith("PROVER_CLUSTER_RUN=", StringComparison.Ordinal))?.Split('=')[1] ?? each.Name)
        .Distinct();

    public bool IsAlive => !_process.HasExited;

    /// <summary>Where it answers over HTTP, if it was told to.</summary>
    public Uri Http => new(Said.Split(' ', '\n').First(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd(';'));

    /// <summary>Its host and its port.</summary>
    public (string Host, string Port) Address => Name.Split(':') is [var host, var port] ? (host, port) : throw new InvalidOperationException($"'{Name}'");

    /// <summary>Returns when it is up.</summary>
    /// <param name="form">What it is started with.</param>
    /// <param name="undertaker">Ends it if nobody else does.</param>
    /// <param name="folder">Where its configuration goes, and what it writes.</param>
    /// <param name="prefix">What it is started by, with its arguments; empty for itself.</param>
    /// <param name="words">Its command line, without the configuration.</param>
    public static async Task<NodeProcess> StartAsync(Form form, Undertaker undertaker, string folder, string[] prefix, params string[] words)
    {
        var mark = Guid.NewGuid().ToString("N");
        var config = Path.Combine(folder, $"{mark}.conf");
        await File.WriteAllTextAsync(config, form.Configuration(Variable, mark));
        string[] line = [.. prefix, Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "ProverCluster.Service.dll"), .. words, "--config", config];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var place in new[] { "TMPDIR", "XDG_RUNTIME_DIR", "HOME" })
            start.Environment[place] = folder;
        // Nothing but puppets: a node asks every prover that it finds for its version.
        start.Environment["PATH"] = "/nowhere";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["PROVER_CLUSTER_UNDERTAKER"] = undertaker.Mark;
        var node = new NodeProcess(new Process { StartInfo = start, EnableRaisingEvents = true }, ProverProcesses.With(Variable, mark));
        node._process.ErrorDataReceived += (_, said) => node._said.Add(said.Data);
        node._process.OutputDataReceived += (_, said) => node._said.Add(said.Data);
        node._process.Start();
        undertaker.Kill(node._process.Id);
        node._process.BeginErrorReadLine();
        node._process.BeginOutputReadLine();
        var up = await node.SaysAsync(" is up: ");
        node.Name = up[..up.IndexOf(" is up: ", StringComparison.Ordinal)].Split(' ')[^1];
        return node;
    }

    /// <summary>Waits for a line with these words; fails at once if the node ends without it.</summary>
    /// <param name="words">In one line.</param>
    /// <param name="after">How many lines to pass over: nodes come back under the same name.</param>
    public async Task<string> SaysAsync(string words, int after = 0)
    {
        var said = _said.ContainsAsync(words, after);
        await Patience.ForAsync(Task.WhenAny(said, _process.WaitForExitAsync()), $"'{words}' from a node", () => Said);
        Assert.True(said.IsCompletedSuccessfully, $"a node left with {(_process.HasExited ? _process.ExitCode : 0)} before it said '{words}': {Said}");
        return await said;
    }

    public void Signal(PosixSignals signal) => Signal(_process.Id, signal);

    public static void Signal(int process, PosixSignals signal) => Assert.Equal(0, Kill(process, (int)signal));

    /// <summary>Lets the goal's player go on, if it waits here to be called.</summary>
    public void Call(GoalId goal)
    {
        var waiting = Provers.Look().FirstOrDefault(each => each.Environment.Contains($"PROVER_CLUSTER_RUN={goal}/", StringComparison.Ordinal) && ProverProcesses.Catches(each.Pid, (int)PosixSignals.User1));
        if (waiting is not null)
            _ = Kill(waiting.Pid, (int)PosixSignals.User1);
    }

    /// <summary>Its exit value, when it has one.</summary>
    public async Task<int> ExitAsync(TimeSpan? within = null)
    {
        await Patience.ForAsync(_process.WaitForExitAsync(), $"the end of {Name}", () => Said, within);
        return _process.ExitCode;
    }

    /// <summary>None of its provers lives, soon.</summary>
    public Task NoProverLivesAsync() => Eventually.True(
        () => Provers.Look().Count == 0, $"no prover of {Name} is alive", Busy.Promised(TimeSpan.FromSeconds(2)), () => string.Join(' ', Provers.Look().Select(each => $"{each.Name} {each.Pid}")));

    /// <summary>What holds of a node that has come to its end by itself: its provers ended before it did.</summary>
    public void LeftNoProver() => Assert.Empty(Provers.Look().Select(each => $"{each.Name} {each.Pid}"));

    public void Dispose() => _process.Dispose();

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}

internal enum PosixSignals
{
    Interrupt = 2,
    Kill = 9,
    User1 = 10,
    Term = 15,
    Continue = 18,
    Stop = 19,
}
