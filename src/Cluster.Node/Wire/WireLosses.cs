using System.Diagnostics.Metrics;
using System.Runtime.Serialization;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Wire;

/// <summary>Why a message was lost in writing or reading.</summary>
internal enum WireLoss
{
    /// <summary>A type that this version does not know; expected while nodes of two versions are in one cluster.</summary>
    UnknownManifest,

    /// <summary>The bytes are not what their manifest says.</summary>
    Unreadable,

    /// <summary>More bytes than a message may have, on either side.</summary>
    TooLong,

    /// <summary>A fault of this program: a message that the schema does not describe.</summary>
    Unwritable,
}

/// <summary>
/// Counts the messages that could not be written or read, for meters under <c>prover_cluster.wire.lost</c>, and logs the first of each kind: a node of
/// another version would fill the log otherwise.
/// </summary>
internal sealed class WireLosses(Func<NodeLog> log)
{
    private const int LongestManifest = 40;

    /// <summary>How many manifests are told apart in the log; whoever sends more of them invents them.</summary>
    private const int MostManifests = 100;

    private static readonly Meter Meter = new(NodeMetrics.Name);
    private static readonly Counter<long> Lost = Meter.CreateCounter<long>("prover_cluster.wire.lost", "{message}", "Messages that could not be written or read, by reason.");

    private readonly HashSet<(WireLoss, string)> _logged = [];
    private readonly long[] _counts = new long[Enum.GetValues<WireLoss>().Length];

    public long this[WireLoss why] => Interlocked.Read(ref _counts[(int)why]);

    /// <summary>Counts one and says what to throw.</summary>
    public SerializationException Count(WireLoss why, string manifest, string words, Exception? cause = null)
    {
        Interlocked.Increment(ref _counts[(int)why]);
        Lost.Add(1, new KeyValuePair<string, object?>("reason", why.ToString()));
        // The manifest may be anybody's bytes, and goes into a log.
        var named = new string([.. manifest.Take(LongestManifest).Select(letter => char.IsControl(letter) ? '?' : letter)]);
        var sentence = $"message '{named}' {words}";
        if (IsFirst(why, named))
            log().Tell(LogLines.MessageLost(sentence, cause));
        return new SerializationException(sentence, cause);
    }

    private bool IsFirst(WireLoss why, string manifest)
    {
        lock (_logged)
            return _logged.Count < MostManifests && _logged.Add((why, manifest));
    }
}
