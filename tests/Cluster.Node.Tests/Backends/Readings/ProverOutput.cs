using System.Diagnostics;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Backends.Readings;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>What one prover printed on one text and how it ended, by a plain process: the readings are under test, not the launcher.</summary>
internal sealed record ProverOutput(byte[] Stdout, byte[] Stderr, byte[] Result, RunEnd? End, string Folder)
{
    public static ProverOutput Of(TestBackend backend, ReadOnlyMemory<byte> goal, TimeSpan limit)
    {
        var folder = Directory.CreateTempSubdirectory("reading");
        try
        {
            var file = Path.Combine(folder.FullName, backend.Entry.GoalFileName);
            File.WriteAllBytes(file, goal.Span);
            return Run(backend, file, folder.FullName, limit);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What the output is worth when it comes in pieces, as a pipe would bring it.</summary>
    public RunSaying Saying(IOutputReading reading, int piece = 65_536)
    {
        Feed(reading, piece);
        return reading.Conclude(End);
    }

    public void Feed(IOutputReading reading, int piece)
    {
        for (var rest = Stdout.AsSpan(); !rest.IsEmpty; rest = rest[Math.Min(piece, rest.Length)..])
            reading.Stdout(rest[..Math.Min(piece, rest.Length)]);
        for (var rest = Stderr.AsSpan(); !rest.IsEmpty; rest = rest[Math.Min(piece, rest.Length)..])
            reading.Stderr(rest[..Math.Min(piece, rest.Length)]);
        if (Result.Length > 0)
            reading.Result(Result);
    }

    private static ProverOutput Run(TestBackend backend, string file, string folder, TimeSpan limit)
    {
        var command = backend.CommandLine.ToArray();
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder,
        };
        foreach (var argument in command[1..])
            start.ArgumentList.Add(argument.Replace("{goal}", file).Replace("{folder}", folder));
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var stdout = ReadAll(process.StandardOutput.BaseStream);
        var stderr = ReadAll(process.StandardError.BaseStream);
        var ended = process.WaitForExit(limit);
        if (!ended)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        var result = backend.ResultFile is { } name && File.Exists(Path.Combine(folder, name)) ? File.ReadAllBytes(Path.Combine(folder, name)) : [];
        return new ProverOutput(stdout.Result, stderr.Result, result, ended ? EndOf(process.ExitCode) : null, folder);
    }

    private static RunEnd EndOf(int code) => code > 128 ? new RunEnd.Signalled(code - 128) : new RunEnd.Exited(code);

    private static async Task<byte[]> ReadAll(Stream stream)
    {
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes).ConfigureAwait(false);
        return bytes.ToArray();
    }
}
