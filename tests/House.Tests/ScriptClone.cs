using System.Diagnostics;

namespace ProverCluster.House;

/// <summary>A clone of the scripts, beside other folders, and a PATH on which everything is that they need and nothing else.</summary>
internal sealed class ScriptClone : IDisposable
{
    private static readonly string[] Tools =
        ["bash", "sh", "cat", "chmod", "cp", "dirname", "env", "find", "flock", "grep", "mkdir", "mv", "readlink", "rm", "sleep", "touch"];

    private static readonly string[] Provers = ["z3", "cvc5", "eprover", "SPASS", "cadical", "minisat", "picosat", "cryptominisat5", "bwrap"];

    private readonly string _all = Directory.CreateTempSubdirectory("scripts-spec-").FullName;

    public ScriptClone(bool isBuilt = true)
    {
        foreach (var script in new[] { "prove", "test", "bench", "build/setup.sh" })
            Write(Path.Combine(Root, script), Repository.Text(script));
        Write(Path.Combine(Root, "src/Program.cs"), "// nothing\n");
        foreach (var tool in Tools)
        {
            if (Find(tool) is { } path)
                File.CreateSymbolicLink(Path.Combine(Folder("programs"), tool), path);
        }

        foreach (var prover in Provers)
            Write(Path.Combine(Programs, prover), "#!/bin/sh\n");
        // Builds the program, which says where it is and what it was given.
        Write(Path.Combine(Programs, "dotnet"), $$"""
            #!/bin/sh
            [ "$1" != --version ] || exit 0
            echo built >> "{{_all}}/builds"
            echo "what a build has to say"
            sleep 0.2
            eval "${BUILD-}"
            mkdir -p artifacts/akka/bin/Cluster.Cli/release
            echo akka > artifacts/actor-runtime.txt
            cp "{{_all}}/program" artifacts/akka/bin/Cluster.Cli/release/ProverCluster.Cli
            """);
        Write(Path.Combine(Programs, "apt-get"), $"#!/bin/sh\necho \"$@\" >> \"{_all}/installed\"\nexit 1\n");
        Write(Path.Combine(Programs, "apt-cache"), "#!/bin/sh\nexit 1\n");
        // Where the tests are not root: nobody may install but a sudo that lets them.
        Write(Path.Combine(Programs, "sudo"), "#!/bin/sh\nshift\nexec \"$@\"\n");
        Write(Path.Combine(_all, "program"), """
            #!/bin/bash
            code=0
            [ "$1" = --exit ] || [ "$1" = --wait ] || echo "in $PWD"
            while [ $# != 0 ]; do
                case $1 in
                    --exit) code=$2; shift ;;
                    --pid) echo "pid $$" ;;
                    --wait) trap 'echo interrupted; exit 130' INT; echo waiting; while :; do sleep 0.05; done ;;
                    --help | --version) ;;
                    *) echo "word $1" ;;
                esac
                shift
            done
            exit $code
            """);
        if (!isBuilt)
            return;
        Directory.CreateDirectory(Path.Combine(Root, "artifacts/akka/bin/Cluster.Cli/release"));
        Write(Path.Combine(Root, "artifacts/actor-runtime.txt"), "akka\n");
        File.Copy(Path.Combine(_all, "program"), Path.Combine(Root, "artifacts/akka/bin/Cluster.Cli/release/ProverCluster.Cli"));
        Write(Path.Combine(Root, "artifacts/probed"), "");
        Write(Path.Combine(Root, "artifacts/akka/built-Cluster.Cli"), "");
    }

    public string Root => Folder("the clone");

    public string Programs => Folder("programs");

    public int Builds => File.Exists(Path.Combine(_all, "builds")) ? File.ReadAllLines(Path.Combine(_all, "builds")).Length : 0;

    public bool Installed => File.Exists(Path.Combine(_all, "installed"));

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_all, name)).FullName;

    public async Task<(int Code, string Output, string Error, int Pid)> CallAsync(
        string script, string folder, string[] words, params (string Name, string Value)[] variables)
    {
        using var process = Start(script, folder, words, variables);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error, process.Id);
    }

    public Process Start(string script, string folder, string[] words, params (string Name, string Value)[] variables)
    {
        // As a shell calls it: by the name that was typed, which may be relative.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\"", script, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Programs;
        start.Environment["HOME"] = _all;
        start.Environment["DOTNET_ROOT"] = _all;
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(_all, recursive: true);

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string? Find(string tool) =>
        new[] { "/usr/bin", "/bin" }.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
}
