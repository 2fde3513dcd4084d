using System.Diagnostics;

namespace ProverCluster.House;

/// <summary>
/// What the scripts at the root promise, in a clone of nothing but the scripts: the SDK and the program are played by shell scripts, so that a build
/// takes as long as a test says.
/// </summary>
public sealed class ScriptsContract
{
    [Fact]
    public async Task It_works_from_any_folder_with_relative_paths_resolved_there()
    {
        using var clone = new ScriptClone();
        var elsewhere = clone.Folder("else where");
        var call = await clone.CallAsync("../the clone/prove", elsewhere, ["a b.smt2", "c.p"]);
        Assert.Equal(0, call.Code);
        Assert.Equal($"in {elsewhere}\nword a b.smt2\nword c.p\n", call.Output);
    }

    [Fact]
    public async Task A_link_to_it_works_too()
    {
        using var clone = new ScriptClone();
        var elsewhere = clone.Folder("elsewhere");
        File.CreateSymbolicLink(Path.Combine(elsewhere, "prover"), "../the clone/prove");
        var call = await clone.CallAsync("./prover", elsewhere, ["x.cnf"]);
        Assert.Equal((0, $"in {elsewhere}\nword x.cnf\n"), (call.Code, call.Output));
    }

    [Fact]
    public async Task It_becomes_the_program_whose_exit_value_is_its_own()
    {
        using var clone = new ScriptClone();
        var call = await clone.CallAsync("./prove", clone.Root, ["--exit", "7", "--pid"]);
        Assert.Equal(7, call.Code);
        Assert.Contains($"pid {call.Pid}\n", call.Output);
    }

    [Fact]
    public async Task Signals_reach_the_program()
    {
        using var clone = new ScriptClone();
        using var call = clone.Start("./prove", clone.Root, ["--wait"]);
        while (await call.StandardOutput.ReadLineAsync() is { } line && line != "waiting")
        {
        }

        await Process.Start("kill", ["-INT", $"{call.Id}"]).WaitForExitAsync();
        Assert.Equal("interrupted\n", await call.StandardOutput.ReadToEndAsync());
        await call.WaitForExitAsync();
        Assert.Equal(130, call.ExitCode);
    }

    [Fact]
    public async Task Set_up_speaks_on_standard_error_only_and_an_unchanged_second_call_builds_nothing()
    {
        using var clone = new ScriptClone(isBuilt: false);
        var first = await clone.CallAsync("./prove", clone.Root, ["x.cnf"]);
        Assert.Equal((0, $"in {clone.Root}\nword x.cnf\n"), (first.Code, first.Output));
        Assert.StartsWith("Building Cluster.Cli.\n", first.Error);
        Assert.Contains("for the akka actor runtime.\n", first.Error);

        var second = await clone.CallAsync("./prove", clone.Root, ["x.cnf"]);
        Assert.Equal((0, first.Output, ""), (second.Code, second.Output, second.Error));
        Assert.Equal(1, clone.Builds);

        File.AppendAllText(Path.Combine(clone.Root, "src/Program.cs"), "// changed\n");
        await clone.CallAsync("./prove", clone.Root, ["x.cnf"]);
        Assert.Equal(2, clone.Builds);
    }

    [Fact]
    public async Task Two_first_calls_at_once_wait_on_one_lock_and_build_once()
    {
        using var clone = new ScriptClone(isBuilt: false);
        var slowly = ("BUILD", "sleep 2");
        var calls = await Task.WhenAll(clone.CallAsync("./prove", clone.Root, ["1"], slowly), clone.CallAsync("./prove", clone.Root, ["2"], slowly));
        Assert.Equal([$"in {clone.Root}\nword 1\n", $"in {clone.Root}\nword 2\n"], calls.Select(call => call.Output));
        Assert.Equal(1, clone.Builds);
        Assert.Single(calls, call => call.Error.Contains("Building Cluster.Cli.", StringComparison.Ordinal));
        Assert.Single(calls, call => call.Error.Contains($"Waiting for another set-up in {clone.Root}.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_build_that_fails_ends_with_4_and_is_tried_again()
    {
        using var clone = new ScriptClone(isBuilt: false);
        var failed = await clone.CallAsync("./prove", clone.Root, ["x"], ("BUILD", "exit 1"));
        Assert.Equal((4, ""), (failed.Code, failed.Output));
        Assert.EndsWith("The build failed.\n", failed.Error);
        Assert.Equal(0, (await clone.CallAsync("./prove", clone.Root, ["x"])).Code);
    }

    [Fact]
    public async Task Without_the_SDK_a_first_call_says_so()
    {
        using var clone = new ScriptClone(isBuilt: false);
        File.Delete(Path.Combine(clone.Programs, "dotnet"));
        var call = await clone.CallAsync("./prove", clone.Root, ["x"]);
        Assert.Equal((4, "The .NET 10 SDK is needed and was not found: install it (https://dot.net), or put its folder on PATH.\n"), (call.Code, call.Error));
    }

    [Fact]
    public async Task A_runtime_that_does_not_exist_is_bad_usage()
    {
        using var clone = new ScriptClone();
        var call = await clone.CallAsync("./prove", clone.Root, ["x"], ("ACTOR_RUNTIME", "orleans"));
        Assert.Equal((3, "ACTOR_RUNTIME must be akka or embedded, not 'orleans'.\n"), (call.Code, call.Error));
    }

    [Fact]
    public async Task With_PROVE_NO_INSTALL_nothing_is_installed_and_what_to_run_is_said()
    {
        using var clone = new ScriptClone();
        foreach (var prover in new[] { "z3", "bwrap" })
            File.Delete(Path.Combine(clone.Programs, prover));
        var call = await clone.CallAsync("./prove", clone.Root, ["x"], ("PROVE_NO_INSTALL", "1"));
        Assert.Equal(0, call.Code);
        Assert.Equal("Some programs are missing, and PROVE_NO_INSTALL=1; to have them: apt-get install --no-install-recommends z3 bubblewrap\n", call.Error);
        Assert.False(clone.Installed);
    }

    [Fact]
    public async Task What_is_missing_is_installed_after_it_was_said_and_what_cannot_be_had_is_no_reason_to_stop()
    {
        using var clone = new ScriptClone();
        File.Delete(Path.Combine(clone.Programs, "z3"));
        var call = await clone.CallAsync("./prove", clone.Root, ["x"]);
        Assert.Equal((0, $"in {clone.Root}\nword x\n"), (call.Code, call.Output));
        Assert.StartsWith("Installing z3 with apt-get; PROVE_NO_INSTALL=1 refrains.\nCould not be installed: z3.", call.Error);
        Assert.True(clone.Installed);

        // It is not tried again by every call.
        var next = await clone.CallAsync("./prove", clone.Root, ["x"]);
        Assert.StartsWith("Some programs are missing, and could not be installed a while ago;", next.Error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task Help_needs_no_prover(string option)
    {
        using var clone = new ScriptClone();
        File.Delete(Path.Combine(clone.Programs, "z3"));
        Assert.Equal((0, ""), ((await clone.CallAsync("./prove", clone.Root, [option])) is var call ? (call.Code, call.Error) : default));
    }
}
