using ProverCluster.Messages.Languages;

namespace ProverCluster.Client.Goals;

/// <summary>From a goal to the text that is sent: read, includes in their places. Whether it is a goal, the cluster says.</summary>
internal static class GoalTexts
{
    /// <summary>The text, or why there is none.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="tptp">The folder of the TPTP library, or null.</param>
    /// <param name="cancellation">Ends the waiting for a file.</param>
    public static async Task<(ReadOnlyMemory<byte> Text, string? Refusal)> ReadAsync(Goal goal, string? tptp, CancellationToken cancellation)
    {
        var text = goal.Text;
        if (goal.Path is not null)
        {
            (text, var problem) = await ReadFileAsync(goal.Path, cancellation);
            if (problem is not null) return (default, problem);
        }

        if (GoalReader.Check(text.Span) is { } noText) return (default, noText.ToString());
        if (goal.Language != GoalLanguage.Tptp) return (text, null);
        var folders = new TptpFolders(Path.GetDirectoryName(goal.Path), tptp);
        return TptpIncludes.TryInline(text, folders, out var inlined, out var rejection) ? (inlined, null) : (default, rejection.ToString());
    }

    private static async Task<(ReadOnlyMemory<byte> Text, string? Problem)> ReadFileAsync(string path, CancellationToken cancellation)
    {
        try
        {
            if (Directory.Exists(path)) return (default, "it is a folder");
            // On a thread of its own, since opening a pipe waits for its writer, and nothing but a writer ends that.
            await using var file = await Task.Run(() => Open(path), cancellation).WaitAsync(cancellation);
            return await ReadAsync(file, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (default, Words(failure));
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous);

    private static async Task<(ReadOnlyMemory<byte> Text, string? Problem)> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var known = stream.CanSeek ? stream.Length : 0;
        if (known > GoalReader.MaxBytes) return (default, GoalReader.TooLarge(known).ToString());
        var text = new MemoryStream((int)known);
        var buffer = new byte[(int)Math.Clamp(known + 1, 4096, 1 << 20)];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            text.Write(buffer, 0, count);
            if (text.Length > GoalReader.MaxBytes) return (default, GoalReader.TooLarge(text.Length).ToString());
        }

        return (text.GetBuffer().AsMemory(0, (int)text.Length), null);
    }

    private static string Words(Exception failure) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "reading it is not permitted",
        PathTooLongException => "its name is too long",
        _ => Shown.Quote(failure.Message.Split(" : '")[0].TrimEnd('.')),
    };
}
