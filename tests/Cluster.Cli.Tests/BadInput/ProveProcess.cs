using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace ProverCluster.Cli.Tests.BadInput;

/// <summary>
/// The program as it was built, in a process and a folder of its own. Whatever it leaves behind becomes a child of the
/// process of the tests, or a file, and both are looked for.
/// </summary>
internal sealed partial class ProveProcess : IDisposable
{
    public const string Good = "(declare-const p Bool)(assert (and p (not p)))(check-sat)\n";

    private const int BecomeSubreaper = 36;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bad-input-");

    public ProveProcess()
    {
        Directory.CreateDirectory(Path("tmp"));
        File("good.smt2", Good);
    }

    public int Code { get; private set; }

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public long PeakBytes { get; private set; }

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void File(string name, string text) => File(name, Encoding.UTF8.GetBytes(text));

    public void File(string name, byte[] text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        System.IO.File.WriteAllBytes(Path(name), text);
    }

    /// <summary>Calls it in the folder with nothing on its standard input.</summary>
    public Task RunAsync(params string[] words) => RunAsync(BuiltProgram.Path, words);

    /// <summary>Calls something else, which calls it.</summary>
    public async Task RunAsync(string program, string[] words)
    {
        _ = Prctl(BecomeSubreaper, 1, 0, 0, 0);
        var (files, children) = (Files(), Children());
        using var process = Process.Start(StartInfo(program, words))!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var watch = new CancellationTokenSource(Longest);
        while (!process.HasExited)
        {
            PeakBytes = Math.Max(PeakBytes, Memory(process));
            await Task.Delay(20, watch.Token);
        }

        (Code, Output, Error) = (process.ExitCode, await output, await error);
        Assert.Equal(files, Files());
        await NothingIsLeftOfAsync(children);
    }

    private static long Memory(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }

    /// <summary>The goals that were rejected, and nothing else, with the sentence; the good one beside them was proved.</summary>
    public void RejectedBesideTheGood(string line)
    {
        Assert.Contains(line, Output.Split('\n').Select(each => each.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1..].FirstOrDefault() ?? ""));
        Assert.Contains(Output.Split('\n'), each => each.StartsWith("proved ", StringComparison.Ordinal) && each.EndsWith(" good.smt2", StringComparison.Ordinal));
        Assert.Equal(3, Code);
    }

    /// <summary>Nothing was raced, and this is all that was said.</summary>
    public void Refused(string sentence) => Assert.Equal(("", $"prove: {sentence}\n", 3), (Output, Error, Code));

    public void Dispose() => _folder.Delete(recursive: true);

    private ProcessStartInfo StartInfo(string program, string[] words)
    {
        var start = BuiltProgram.Start(program, words, _folder.FullName);
        start.RedirectStandardInput = true;
        start.Environment["TMPDIR"] = Path("tmp");
        start.Environment.Remove("TPTP");
        return start;
    }

    private List<string> Files() => [.. Directory.EnumerateFileSystemEntries(_folder.FullName, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 }).Order()];

    private static async Task NothingIsLeftOfAsync(List<string> before)
    {
        List<string> left = [];
        await Eventually.True(() => (left = [.. Children().Except(before)]).Count == 0, "nothing is left of it", Busy.Promised(TimeSpan.FromSeconds(2)), () => string.Join(' ', left));
    }

    /// <summary>What lives below this process, by number and name.</summary>
    private static List<string> Children()
    {
        var children = new List<string>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(each => char.IsAsciiDigit(each[6])))
        {
            try
            {
                var stat = System.IO.File.ReadAllText(folder + "/stat");
                var state = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (state[1] == Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture) && state[0] != "Z")
                    children.Add(stat[..(stat.LastIndexOf(')') + 1)]);
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return children;
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nint one, nint two, nint three, nint four);
}

/// <summary>One after the other and beside nothing else: their leftovers are told by what is new below this process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneByOne
{
    public const string Name = "bad input";
}
