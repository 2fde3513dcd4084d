using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ProverCluster.Cli.Tests.EndToEnd;

/// <summary>The built program in a folder of its own, which is also where it would leave temporary files; and its provers in the world.</summary>
internal sealed class ProveProgram : IDisposable
{
    private const string Variable = "PROVER_CLUSTER_SPEC";

    private readonly string _folder = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;
    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly StringBuilder _entries = new();
    private Process? _process;

    public ProveProgram()
    {
        Provers = ProverProcesses.With(Variable, _mark);
        Directory.CreateDirectory(Goals);
        Directory.CreateDirectory(Temporary);
    }

    public ProverProcesses Provers { get; }

    public Process Process => _process!;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    /// <summary>
    /// All that the program, or a prover of it, has left in the places for such things. The one folder of the user's own, in which nodes
    /// without a sandbox have theirs, is kept.
    /// </summary>
    private IEnumerable<string> FilesLeft => Directory.GetFileSystemEntries(Temporary)
        .SelectMany(path => Path.GetFileName(path).StartsWith("prover-cluster-", StringComparison.Ordinal) && Directory.Exists(path) ? Directory.GetFileSystemEntries(path) : [path]);

    /// <summary>
    /// How the process stands, which signals wait for it, what it does about each, and where in the kernel its threads are: it may not have heard a signal
    /// (the runtime hands SIGHUP to its pool), or be told to ignore it, or not have come to its end.
    /// </summary>
    private string Standing => string.Join(' ', Proc("status").Split('\n')
        .Where(line => new[] { "State", "Threads", "SigPnd", "ShdPnd", "SigBlk", "SigIgn", "SigCgt" }.Any(each => line.StartsWith(each, StringComparison.Ordinal)))
        .Concat(Threads
            .CountBy(thread => $"{Proc($"task/{thread}/comm")}:{Proc($"task/{thread}/wchan")}")
            .Select(each => $"{each.Value}*{each.Key}")));

    private string Goals => Path.Combine(_folder, "goals");

    private string Temporary => Path.Combine(_folder, "tmp");

    /// <summary>A backend for formulas that plays this; it proves by printing unsat.</summary>
    public ProveProgram Puppet(string name, string play) => Backend(name, Repo.Puppet, play.Split(' '));

    public ProveProgram Backend(string name, string executable, params string[] arguments)
    {
        _entries.AppendLine(CultureInfo.InvariantCulture, $$"""
            prover-cluster.backends.{{name}} {
              languages = [dimacs]
              executable = "{{executable}}"
              arguments = [{{string.Join(", ", arguments.Select(each => $"\"{each}\""))}}]
              reading { proved = "unsat", refuted = "sat" }
              environment { {{Variable}} = "{{_mark}}" }
            }
            """);
        return this;
    }

    /// <summary>A goal's file; those that are told apart by name only may all have this text.</summary>
    public string Goal(string name, string text = "p cnf 1 1\n1 0\n")
    {
        var path = Path.Combine(Goals, name);
        File.WriteAllText(path, text);
        return path;
    }

    public ProveProgram Start(bool sandboxed, params string[] words) => Start(sandboxed, true, words);

    /// <param name="sandboxed">Whether provers run in the sandbox or in the fallback.</param>
    /// <param name="reads">Whether anybody reads what it prints.</param>
    /// <param name="words">Its command line, without the configuration.</param>
    public ProveProgram Start(bool sandboxed, bool reads, params string[] words)
    {
        var config = Path.Combine(_folder, "spec.conf");
        File.WriteAllText(config, $"{_entries}\nprover-cluster.sandbox.mode = {(sandboxed ? "required" : "off")}\n");
        // Whoever runs the specs may have these ignored (nohup), and prove would ignore them as well, and rightly.
        var start = BuiltProgram.Start("/usr/bin/env", ["--default-signal=INT,TERM,HUP", BuiltProgram.Path, "--config", config, .. words], Goals);
        foreach (var place in new[] { "TMPDIR", "XDG_RUNTIME_DIR", "HOME" })
            start.Environment[place] = Temporary;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
        if (reads)
            _process.BeginOutputReadLine();
        return this;
    }

    /// <summary>Waits until so many provers of those names live.</summary>
    public Task LiveAsync(int count, params string[] names) => Eventually.True(
        () => Provers.Look().Count(each => names.Contains(each.Name)) >= count || Process.HasExited,
        $"{count} living processes of {string.Join(", ", names)}",
        instead: () => $"{string.Join(' ', Provers.Look().Select(each => each.Name))}; {Output}; {Error}");

    public void Signal(string signal) => Assert.Equal(0, Kill(Process.Id, signal switch { "HUP" => 1, "INT" => 2, "TERM" => 15, _ => 0 }));

    public Task ExitAsync(TimeSpan within) => Eventually.True(() => Process.HasExited, "the program has left", within, () => $"{Output}; {Error}; {Standing}");

    public Task NothingLivesAsync(TimeSpan within) => Eventually.True(
        () => Provers.Look().Count == 0, "no prover is alive", within, () => string.Join(' ', Provers.Look().Select(each => $"{each.Name} {each.Pid}")));

    /// <summary>Also where the program had to be left as it stood: then its guard removes what there is.</summary>
    public Task NothingIsLeftAsync() => Eventually.True(() => !FilesLeft.Any(), "no file is left", instead: () => string.Join(' ', FilesLeft));

    public void Dispose()
    {
        if (_process is { HasExited: false })
            _process.Kill();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private IEnumerable<string?> Threads => Directory.Exists($"/proc/{Process.Id}/task") ? Directory.GetDirectories($"/proc/{Process.Id}/task").Select(Path.GetFileName) : [];

    private string Proc(string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{Process.Id}/{file}").Trim();
        }
        catch (IOException gone)
        {
            return gone.Message;
        }
    }

    // Not the program of that name: a busy machine takes its time to start it, and that is not the time that counts here.
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    private static void Append(StringBuilder to, string? line)
    {
        lock (to)
            to.AppendLine(line);
    }
}
