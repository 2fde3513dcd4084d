using System.Text;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Backends;

/// <summary>What a program prints when it is asked for its version.</summary>
internal sealed class VersionAnswer : IProverObserver
{
    private const int MaxBytes = 16 << 10;

    private readonly TaskCompletionSource<string?> _version = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<byte> _printed = [];

    public Task<string?> Version => _version.Task;

    public void Started()
    {
    }

    public void Printed(ProverStream stream, ReadOnlySpan<byte> bytes) => _printed.AddRange(bytes[..Math.Min(bytes.Length, MaxBytes - _printed.Count)]);

    public void Drained()
    {
    }

    public void Ended()
    {
    }

    // Some say their version and then fail, as SPASS does: what counts is what they printed.
    public void Reaped(RunEnd end, RunUsage usage) => _version.TrySetResult(Find(Encoding.UTF8.GetString([.. _printed])));

    /// <summary>The first number with dots in it that begins a word; else the first plain one; else a lone word, as "sc2021".</summary>
    internal static string? Find(string text)
    {
        var words = text.Split((char[])[' ', '\t', '\r', '\n', '(', ')', ',', ';', ':', '"'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = words.Select(word => word.TrimStart('v', 'V').TrimEnd('.')).Where(word => word.Length is > 0 and <= 64 && char.IsAsciiDigit(word[0])).ToList();
        return numbers.Find(number => number.Contains('.')) ?? numbers.FirstOrDefault() ?? (words is [{ Length: <= 64 } lone] && lone.Any(char.IsAsciiDigit) ? lone : null);
    }
}
