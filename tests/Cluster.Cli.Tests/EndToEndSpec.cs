using System.Diagnostics;
using System.Text.Json;

namespace ProverCluster.Cli.Tests;

/// <summary>The program itself as a user starts it, with real provers on the shipped examples.</summary>
public sealed class EndToEndSpec
{
    private static readonly string Program = typeof(ProveCommand).Assembly.Location;

    private static readonly string Examples = Path.Combine(Root(AppContext.BaseDirectory), "examples");

    [RequiresFact("z3", "eprover", "cadical")]
    public async Task Every_example_should_have_the_verdict_that_its_table_promises()
    {
        var (code, output, _) = await RunAsync("--json", "--timeout", "60s", Examples);
        var verdicts = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(goal => (Path.GetFileName(goal.GetProperty("goal").GetString()!), goal.GetProperty("verdict").GetString()!));
        var promised = File.ReadLines(Path.Combine(Examples, "README.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains('.', StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1], cells[3].Split(',')[0]));
        Assert.Equal(promised.Order(), verdicts.Order());
        Assert.Equal(1, code);
    }

    [RequiresFact("z3")]
    public async Task A_model_should_be_shown()
    {
        var (code, output, _) = await RunAsync("--backends", "z3", "--format", "solver", "--show-output", Path.Combine(Examples, "average-may-overflow.smt2"));
        Assert.StartsWith("sat\n((low #x", output);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task A_reader_that_has_seen_enough_should_end_the_program_quietly()
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("dotnet \"$0\" --json \"$1\" /nowhere/1.smt2 /nowhere/2.smt2 | head -n 1");
        start.ArgumentList.Add(Program);
        start.ArgumentList.Add("/nowhere/0.smt2");
        var (_, output, error) = await RunAsync(start);
        Assert.StartsWith("""{"goal":"/nowhere/0.smt2","verdict":"rejected",""", output);
        Assert.DoesNotContain("prove:", error.Replace("prove: no sandbox", ""));
    }

    [RequiresFact("cadical")]
    public async Task Ctrl_C_should_print_the_report_leave_within_a_second_and_leave_nothing_behind()
    {
        using var goal = new HardGoal();
        using var process = Process.Start(Info("--runs", "--timeout", "60s", "--backends", "cadical", goal.Path))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var started = await RacingAsync(process);
        var watch = Stopwatch.StartNew();
        await Process.Start("kill", ["-INT", $"{process.Id}"]).WaitForExitAsync();
        await process.WaitForExitAsync();
        var lasted = watch.Elapsed;
        Assert.Equal(130, process.ExitCode);
        Assert.InRange(lasted, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
        Assert.StartsWith("withdrawn", await output);
        Assert.Contains("cadical", await output);
        Assert.Empty(await error);
        Assert.DoesNotContain(started, id => Directory.Exists($"/proc/{id}"));
    }

    /// <summary>Waits until the prover runs; every process below ours by then.</summary>
    private static async Task<IReadOnlyList<int>> RacingAsync(Process process)
    {
        for (var i = 0; i < 2000 && !process.HasExited; i++)
        {
            var below = Below(process.Id);
            if (below.Any(id => Stat(id)?.StartsWith($"{id} (cadical)", StringComparison.Ordinal) == true)) return below;
            await Task.Delay(10);
        }
        throw new InvalidOperationException("the prover never ran");
    }

    private static List<int> Below(int root)
    {
        var parents = Process.GetProcesses().ToDictionary(each => each.Id, each => Stat(each.Id)?.Split(") ")[^1].Split(' ')[1]);
        var below = new List<int> { root };
        for (var i = 0; i < below.Count; i++) below.AddRange(parents.Where(each => each.Value == $"{below[i]}").Select(each => each.Key));
        return below[1..];
    }

    private static string? Stat(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat");
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] words) => RunAsync(Info(words));

    private static async Task<(int Code, string Output, string Error)> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static ProcessStartInfo Info(params string[] words) =>
        new("dotnet", [Program, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "ProverCluster.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);

    /// <summary>Fourteen pigeons, thirteen holes: no resolution prover is done with that in a minute.</summary>
    private sealed class HardGoal : IDisposable
    {
        private const int Pigeons = 14, Holes = 13;

        public HardGoal()
        {
            var clauses = Enumerable.Range(0, Pigeons).Select(p => string.Join(' ', Enumerable.Range(0, Holes).Select(h => Variable(p, h))) + " 0").ToList();
            clauses.AddRange(
                from hole in Enumerable.Range(0, Holes)
                from one in Enumerable.Range(0, Pigeons)
                from other in Enumerable.Range(one + 1, Pigeons - one - 1)
                select $"-{Variable(one, hole)} -{Variable(other, hole)} 0");
            File.WriteAllText(Path, $"p cnf {Pigeons * Holes} {clauses.Count}\n{string.Join('\n', clauses)}\n");
        }

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"pigeons-{Guid.NewGuid():n}.cnf");

        public void Dispose() => File.Delete(Path);

        private static int Variable(int pigeon, int hole) => pigeon * Holes + hole + 1;
    }
}
