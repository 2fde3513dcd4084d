using System.Diagnostics.CodeAnalysis;
using System.Text;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;

namespace ProverCluster.Node.Texts;

/// <summary>
/// The long outputs of this node's runs, until the node of whoever waits for the goal has fetched them. Bounded in time and size: what is dropped is missing in
/// an answer, and the verdict stands.
/// </summary>
internal sealed class OutputShelf(TimeProvider clock)
{
    /// <summary>Bytes of all outputs together, four of the longest: a node's memory is for its provers.</summary>
    public const long MostBytes = 256L << 20;

    /// <summary>How long after its goal's deadline an output is kept: as long as a settled goal's listener may still be looking for its coordinator.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How long a fetched output is kept: whoever else waits for the goal hears of its end at the same time.</summary>
    internal static readonly TimeSpan FetchedPatience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<TextDigest, Shelved> _shelved = [];
    private long _bytes;

    /// <summary>Bytes that are kept now; the same output of two runs is kept once.</summary>
    public long Bytes
    {
        get
        {
            lock (_shelved)
                return _bytes;
        }
    }

    /// <summary>What a report says of an output: itself if it is short, else the name under which it is kept from now on.</summary>
    /// <param name="run">Whose.</param>
    /// <param name="output">What its prover printed.</param>
    /// <param name="left">What is left of its goal's deadline.</param>
    /// <param name="address">This node's.</param>
    public ProverOutput Put(RunId run, ProverOutput.Inline output, TimeSpan left, string address)
    {
        if (Encoding.UTF8.GetByteCount(output.Text) <= ProverOutput.MostInlineBytes)
            return output;
        var text = Encoding.UTF8.GetBytes(output.Text);
        // What was no UTF-8 when it was printed is longer now.
        if (text.Length > ProverOutput.MostBytes)
            return new ProverOutput.Missing($"it has {text.Length} bytes and may have {ProverOutput.MostBytes}");
        var digest = TextDigest.Of(text);
        lock (_shelved)
        {
            if (!_shelved.TryGetValue(digest, out var shelved))
            {
                MakeRoom(text.Length);
                _shelved[digest] = shelved = new Shelved(text);
                _bytes += text.Length;
            }

            shelved.Until[run] = From(left + Patience);
        }

        return new ProverOutput.Kept(digest, address);
    }

    public bool TryGet(TextDigest digest, [NotNullWhen(true)] out byte[]? text)
    {
        lock (_shelved)
            text = _shelved.GetValueOrDefault(digest)?.Text;
        return text is not null;
    }

    /// <summary>The run's output has been fetched.</summary>
    public void Fetched(TextDigest digest, RunId run)
    {
        lock (_shelved)
        {
            if (_shelved.GetValueOrDefault(digest) is { } shelved && shelved.Until.TryGetValue(run, out var until))
                shelved.Until[run] = Math.Min(until, From(FetchedPatience));
        }
    }

    /// <summary>Gives back what nobody comes for any more.</summary>
    public void Tidy()
    {
        var now = clock.GetTimestamp();
        lock (_shelved)
        {
            foreach (var (digest, shelved) in _shelved.ToArray())
            {
                foreach (var (run, _) in shelved.Until.Where(holder => holder.Value <= now).ToArray())
                    shelved.Until.Remove(run);
                if (shelved.Until.Count == 0)
                    Remove(digest);
            }
        }
    }

    /// <summary>What would be given back first makes room for what is new.</summary>
    private void MakeRoom(long bytes)
    {
        while (_bytes + bytes > MostBytes && _shelved.Count > 0)
            Remove(_shelved.MinBy(entry => entry.Value.Until.Values.Max()).Key);
    }

    private void Remove(TextDigest digest)
    {
        if (_shelved.Remove(digest, out var shelved))
            _bytes -= shelved.Text.Length;
    }

    private long From(TimeSpan span) => clock.GetTimestamp() + (long)(span.TotalSeconds * clock.TimestampFrequency);

    /// <param name="Text">The output.</param>
    private sealed record Shelved(byte[] Text)
    {
        /// <summary>For whose sake it is kept, and until which timestamp.</summary>
        public Dictionary<RunId, long> Until { get; } = [];
    }
}
