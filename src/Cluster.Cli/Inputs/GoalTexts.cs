namespace ProverCluster.Cli.Inputs;

/// <summary>Reads the text of one goal, never more than a text may have.</summary>
internal sealed class GoalTexts(long maxBytes, Func<Stream> standardInput)
{
    /// <summary>The bytes, or why there are none.</summary>
    public async Task<(ReadOnlyMemory<byte> Text, string? Problem)> ReadAsync(GoalInput input, CancellationToken withdraw)
    {
        try
        {
            if (input.Name == GoalInput.StandardInput) return await ReadAsync(standardInput(), withdraw);
            if (FileKinds.Of(input.Name) == FileKind.Folder) return (default, "it is a folder");
            // On a thread of its own, since opening a pipe waits for its writer, and nothing but a writer ends that.
            await using var file = await Task.Run(() => Open(input.Name), withdraw).WaitAsync(withdraw);
            return await ReadAsync(file, withdraw);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (default, Problems.Words(e));
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);

    private async Task<(ReadOnlyMemory<byte> Text, string? Problem)> ReadAsync(Stream stream, CancellationToken withdraw)
    {
        var known = stream.CanSeek ? stream.Length : 0;
        if (known > maxBytes) return (default, TooLong());
        var text = new MemoryStream((int)known);
        var buffer = new byte[(int)Math.Clamp(known + 1, 4096, 1 << 20)];
        // A terminal's or pipe's read cannot be called off, only walked away from.
        while (await stream.ReadAsync(buffer, withdraw).AsTask().WaitAsync(withdraw) is > 0 and var count)
        {
            if (text.Length + count > maxBytes) return (default, TooLong());
            text.Write(buffer, 0, count);
        }
        return (text.GetBuffer().AsMemory(0, (int)text.Length), null);
    }

    private string TooLong() => $"it is longer than the {maxBytes >> 20} MiB that goals.max-text allows";
}
