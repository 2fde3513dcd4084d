using ProverCluster.Node.Backends;

namespace ProverCluster.Node.Tests.Backends;

public sealed class ExecutableFinderSpec : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("finder-spec-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_executable_on_PATH_should_be_found_with_its_links_resolved()
    {
        File("one/z3", executable: false);
        var real = File("real/bin/z3-4.8", executable: true);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "link"), Path.Combine(_folder, "real"));
        Directory.CreateDirectory(Path.Combine(_folder, "two"));
        System.IO.File.CreateSymbolicLink(Path.Combine(_folder, "two/z3"), "../link/bin/z3-4.8");
        File("three/z3", executable: true);
        Assert.Equal(real, ExecutableFinder.Find("z3", $"relative:{_folder}/nowhere:{_folder}/one:{_folder}/two:{_folder}/three"));
        Assert.Null(ExecutableFinder.Find("cvc5", $"{_folder}/one:{_folder}/two"));
    }

    [Fact]
    public void A_folder_should_not_be_taken_for_a_program()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "z3"));
        Assert.Null(ExecutableFinder.Find("z3", _folder));
    }

    [Fact]
    public void A_path_in_full_should_be_taken_as_it_is_so_that_the_launcher_says_what_is_wrong_with_it()
    {
        var file = File("prover", executable: false);
        Assert.Equal(file, ExecutableFinder.Find(file));
        Assert.Null(ExecutableFinder.Find(file + "x"));
    }

    private string File(string name, bool executable)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, "#!/bin/sh\n");
        if (executable && !OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
