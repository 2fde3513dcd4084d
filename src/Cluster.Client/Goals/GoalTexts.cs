using ProverCluster.Messages.Languages;

namespace ProverCluster.Client.Goals;

/// <summary>From a goal to the text that is sent: read, includes in their places. Whether it is a goal, the cluster says.</summary>
internal static class GoalTexts
{
    /// <summary>The text, or why there is none.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="tptp">The folder of the TPTP library, or null.</param>
    /// <param name="cancellation">Ends the waiting for a file.</param>
    public static async Task<GoalText> ReadAsync(Goal goal, string? tptp, CancellationToken cancellation)
    {
        var read = goal switch
        {
            { Path: { } path } when Directory.Exists(path) => Refused("it is a folder"),
            { Path: { } path } => await ReadAsync(() => Open(path), cancellation),
            { Open: { } open } => await ReadAsync(open, cancellation),
            _ => new GoalText(goal.Text, null),
        };
        if (read.Refusal is not null) return read;
        if (GoalReader.Check(read.Bytes.Span) is { } noText) return Refused(noText.ToString());
        if (goal.Language != GoalLanguage.Tptp) return read;
        var folders = new TptpFolders(Path.GetDirectoryName(goal.Path), tptp);
        return TptpIncludes.TryInline(read.Bytes, folders, out var inlined, out var rejection) ? new GoalText(inlined, null) : Refused(rejection.ToString());
    }

    private static async Task<GoalText> ReadAsync(Func<Stream> open, CancellationToken cancellation)
    {
        try
        {
            // On a thread of its own, since opening a pipe waits for its writer, and nothing but a writer ends that.
            await using var stream = await Task.Run(open, cancellation).WaitAsync(cancellation);
            return await ReadAsync(stream, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Refused(Words(failure));
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);

    private static async Task<GoalText> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var known = stream.CanSeek ? stream.Length : 0;
        if (known > GoalReader.MaxBytes) return Refused(GoalReader.TooLarge(known).ToString());
        var text = new MemoryStream((int)known);
        var buffer = new byte[(int)Math.Clamp(known + 1, 4096, 1 << 20)];
        // A terminal's or pipe's read cannot be called off, only walked away from.
        while (await stream.ReadAsync(buffer, cancellation).AsTask().WaitAsync(cancellation) is > 0 and var count)
        {
            text.Write(buffer, 0, count);
            if (text.Length > GoalReader.MaxBytes) return Refused(GoalReader.TooLarge(null).ToString());
        }

        return new GoalText(text.GetBuffer().AsMemory(0, (int)text.Length), null);
    }

    private static GoalText Refused(string why) => new(default, why);

    private static string Words(Exception failure) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "reading it is not permitted",
        PathTooLongException => "its name is too long",
        _ => Shown.Quote(failure.Message.Split(" : '")[0].TrimEnd('.')),
    };
}
