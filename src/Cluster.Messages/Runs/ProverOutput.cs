using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Runs;

/// <summary>A model, core or proof, of up to 64 MiB, or where to have it: a closed set.</summary>
public abstract record ProverOutput
{
    /// <summary>
    /// Bytes in UTF-8; a longer one does not travel in messages. A race that is handed over has one of each of its runs, and must fit into one frame.
    /// </summary>
    public const int MostInlineBytes = 8 << 10;

    /// <summary>Bytes in UTF-8 of the longest: 64 MiB of what a prover printed, and a sentence that the rest was cut off.</summary>
    public const int MostBytes = (64 << 20) + 4096;

    private ProverOutput()
    {
    }

    /// <summary>The output itself; null if this is not it.</summary>
    public string? Words => (this as Inline)?.Text;

    /// <summary>Here it is.</summary>
    public sealed record Inline(string Text) : ProverOutput;

    /// <summary>A node keeps it, for a while. Between nodes and in events only: a client is given an answer with the output in it, or the reason why not.</summary>
    /// <param name="Text">The name of its bytes in UTF-8.</param>
    /// <param name="Source">The address of that node.</param>
    public sealed record Kept(TextDigest Text, string Source) : ProverOutput;

    /// <summary>There was one, and it could not be had. The verdict stands without it.</summary>
    public sealed record Missing(string Why) : ProverOutput;

    public static implicit operator ProverOutput?(string? text) => text is null ? null : new Inline(text);
}
