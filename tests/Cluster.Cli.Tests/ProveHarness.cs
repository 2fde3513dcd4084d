using System.Text;

namespace ProverCluster.Cli.Tests;

/// <summary>The whole command line in this process, in a folder of its own, with races that the test makes up.</summary>
internal sealed class ProveHarness : IDisposable
{
    public const string Smt = "(declare-const p Bool)\n(assert (and p (not p)))\n(check-sat)\n";
    public const string Tptp = "fof(c, conjecture, (p | ~p)).\n";
    public const string Cnf = "p cnf 1 2\n1 0\n-1 0\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("prove-spec-").FullName;

    public FakeRaces Races { get; init; } = new();

    public StringWriter Output { get; } = new() { NewLine = "\n" };

    public StringWriter Error { get; } = new() { NewLine = "\n" };

    public TextWriter? OtherOutput { get; init; }

    public byte[] Input { get; init; } = [];

    public bool IsTerminal { get; init; }

    public Action Leave { get; init; } = () => { };

    public Cli.Racing.Interrupts? Interrupts { get; private set; }

    public Exception? StartFails { get; init; }

    /// <summary>The running cluster that is reached, and how.</summary>
    public FakeCluster Cluster { get; init; } = new();

    public Client.ProverClientOptions? Connected { get; private set; }

    public Dictionary<string, string> Variables { get; } = new() { ["TERM"] = "xterm" };

    public Node.Configuration.NodeSettings? Settings { get; private set; }

    public HashSet<string> Programs { get; init; } = ["z3", "cvc5", "eprover", "cadical"];

    public string[] Lines => Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string Sentence => Error.ToString().TrimEnd('\n');

    /// <summary>Writes a file into the folder; its full path.</summary>
    public string File(string name, string text = Smt) => File(name, Encoding.UTF8.GetBytes(text));

    public string File(string name, byte[] text)
    {
        var path = Path(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, text);
        return path;
    }

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    /// <summary>As the user would see it, with the folder's own name left out.</summary>
    public string Shown(TextWriter writer) => writer.ToString()!.Replace(_folder + "/", "");

    public Task<int> RunAsync(params string[] words) => new ProveCommand(World()).RunAsync(words);

    public Surroundings World() => new()
    {
        Output = OtherOutput ?? Output,
        Error = Error,
        OutputIsTerminal = IsTerminal,
        Input = () => new MemoryStream(Input),
        Variable = name => Variables.GetValueOrDefault(name),
        Processors = 4,
        MachineBytes = 64L << 30,
        FindProgram = name => Programs.Contains(name) ? "/usr/bin/" + name : null,
        Listen = interrupts => Interrupts = interrupts,
        Leave = Leave,
        Connect = options =>
        {
            Connected = options;
            return Cluster;
        },
        StartRaces = (plan, _) =>
        {
            Settings = plan.Settings;
            return StartFails is null ? Task.FromResult<Node.IGoalRaces>(Races) : Task.FromException<Node.IGoalRaces>(StartFails);
        },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
