using System.Diagnostics;

namespace ProverCluster.Node.Tests.Provers;

/// <summary>An executable file of a spec's own.</summary>
internal sealed class Script : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;

    internal Script(string text, string name = "prover")
    {
        Path = System.IO.Path.Combine(_folder, name);
        File.WriteAllText(Path, text);
        using var chmod = Process.Start("/bin/chmod", ["0755", _folder, Path]);
        chmod.WaitForExit();
    }

    internal string Path { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
