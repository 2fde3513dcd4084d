using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Inputs;

/// <summary>Why a file cannot be read, without the path that .NET repeats.</summary>
internal static class Problems
{
    public static string Words(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "reading it is not permitted",
        PathTooLongException => "its name is too long",
        _ => Excerpt.Of(e.Message.Split(" : '")[0].TrimEnd('.')),
    };
}
