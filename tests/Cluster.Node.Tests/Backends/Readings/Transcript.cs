using System.Text;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Backends.Readings;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>
/// What a real prover printed on a goal of our own, and what that is worth: a folder of <c>tests/Transcripts</c> with the goal,
/// <c>stdout</c>, <c>stderr</c>, <c>result</c>, and <c>transcript</c>, whose keys up to <c>end</c> say how it was recorded; <c>written-after</c> says that it was
/// not, since the prover could not be had. The mark is written as a placeholder. PROVER_CLUSTER_RECORD=z3/ records anew those whose name
/// begins so; look at the difference before committing it.
/// </summary>
internal sealed class Transcript
{
    private const string Mark = "0123456789abcdef0123456789abcdef", MarkPlaceholder = "@MARK@";
    private const string FolderPlaceholder = "@FOLDER@";

    private readonly Dictionary<string, string> _keys;
    private readonly GoalDocument _goal;

    public Transcript(string name)
    {
        Name = name;
        Folder = Path.Combine(Root, name);
        _keys = File.ReadAllLines(Path.Combine(Folder, "transcript")).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var file = Directory.GetFiles(Folder, "goal.*").Single();
        Backend = TestBackend.Of(name.Split('/')[0], GoalLanguages.FromFileName(file)!.Value);
        _goal = GoalReader.TryRead(Backend.Language, File.ReadAllBytes(file), out var goal, out var rejection) ? goal : throw new InvalidDataException($"{name}: {rejection}");
    }

    public static string Root { get; } = Path.Combine(Repo.Root, "tests/Transcripts");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Root, "transcript", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal);

    public string Name { get; }

    public string Folder { get; }

    public TestBackend Backend { get; }

    /// <summary>What the recorded output was worth.</summary>
    public string Expected => _keys["saying"];

    /// <summary>Where it comes from, for one that was not recorded: written after what the prover's makers have published.</summary>
    public string? WrittenAfter => Key("written-after");

    /// <summary>True if it can be had again at any time: no clock, no memory limit and no signal was part of it.</summary>
    public bool IsRepeatable => !_keys.Keys.Any(key => key is "arguments" or "memory-kib" or "signal" or "written-after");

    public string Replay(int piece) => Words(Recorded().Saying(NewReading(out _), piece));

    public string Live()
    {
        var reading = NewReading(out var text);
        return Words(ProverOutput.Of(Backend, text, TimeSpan.FromSeconds(60)).Saying(reading));
    }

    public void Record()
    {
        if (WrittenAfter is null && Backend.IsInstalled)
            RunAgain();
        _keys["saying"] = Words(Recorded().Saying(NewReading(out _)));
        File.WriteAllLines(Path.Combine(Folder, "transcript"), _keys.Select(pair => $"{pair.Key}: {pair.Value}"));
    }

    private void RunAgain()
    {
        NewReading(out var text);
        var backend = Backend with { More = Key("arguments")?.Split(' '), MemoryKib = Key("memory-kib"), Signal = Key("signal") };
        var output = ProverOutput.Of(backend, text, TimeSpan.FromSeconds(double.Parse(Key("seconds") ?? "60")));
        Save("stdout", output.Stdout, output.Folder);
        Save("stderr", output.Stderr, output.Folder);
        Save("result", output.Result, output.Folder);
        _keys["end"] = output.End?.ToString() ?? "none";
    }

    private IOutputReading NewReading(out ReadOnlyMemory<byte> text)
    {
        (text, var reading) = Reading.Prepare(Backend.Reading, _goal, Backend.Rules, keepOutput: true, Mark);
        return reading;
    }

    private string? Key(string key) => _keys.GetValueOrDefault(key);

    private ProverOutput Recorded() => new(Load("stdout"), Load("stderr"), Load("result"), End(_keys["end"]), "");

    private byte[] Load(string file) => File.Exists(Path.Combine(Folder, file))
        ? Encoding.Latin1.GetBytes(File.ReadAllText(Path.Combine(Folder, file), Encoding.Latin1).Replace(MarkPlaceholder, Mark))
        : [];

    private void Save(string file, byte[] bytes, string folder)
    {
        var path = Path.Combine(Folder, file);
        File.Delete(path);
        if (bytes.Length > 0)
            File.WriteAllText(path, Encoding.Latin1.GetString(bytes).Replace(Mark, MarkPlaceholder).Replace(folder, FolderPlaceholder), Encoding.Latin1);
    }

    private static RunEnd? End(string text) => text.Split(' ') switch
    {
        ["Exited", .., var code, "}"] => new RunEnd.Exited(int.Parse(code)),
        ["Signalled", .., var signal, "}"] => new RunEnd.Signalled(int.Parse(signal)),
        _ => null,
    };

    private static string Words(RunSaying saying)
    {
        var words = $"{saying.Verdict} {saying.Szs}";
        words += saying.Fault is { } fault ? $"; fault: {fault}" : "";
        words += saying.Malformed is { } malformed ? $"; malformed: {malformed}" : "";
        return words + (saying.Output?.Words is { } output ? $"; output of {output.Split('\n').Length - 1} lines" : "");
    }
}
