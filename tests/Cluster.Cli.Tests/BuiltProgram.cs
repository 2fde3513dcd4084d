using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProverCluster.Cli.Tests;

/// <summary>The programs as they were built, each in its own folder with what belongs to it, and how they are started: as the scripts do it.</summary>
internal static class BuiltProgram
{
    public static string Path { get; } = Of("Cluster.Cli");

    public static string Node { get; } = Of("Cluster.Service");

    /// <summary>A start of the program, or of something that calls it, with its output to be read.</summary>
    public static ProcessStartInfo Start(string program, IEnumerable<string> words, string folder)
    {
        var start = new ProcessStartInfo(program, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        // With it, .NET leaves the sockets of its debugger behind when it is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_ROOT"] = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        return start;
    }

    // From .../bin/Cluster.Cli.Tests/release to .../bin/Cluster.Cli/release.
    private static string Of(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return System.IO.Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, "Prover" + project);
    }
}
