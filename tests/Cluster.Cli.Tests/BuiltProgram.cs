using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ProverCluster.Cli.Tests;

/// <summary>The program as it was built beside these tests, and how it is started: as the script does it.</summary>
internal static class BuiltProgram
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "ProverCluster.Cli");

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
}
