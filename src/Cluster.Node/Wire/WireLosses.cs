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
/// Counts the messages that could not be written or read, and logs the first of each kind: a node of another version would fill the log otherwise.
/// </summary>
internal sealed class WireLosses(Func<NodeLog> log)
{
    private const int LongestManifest = 40;

    /// <summary>How many manifests are told apart in the log; whoever sends more of them invents them.</summary>
    private const int MostManifests = 100;

    private readonly HashSet<(WireLoss, string)> _logged = [];
    private readonly long[] _counts = new long[Enum.GetValues<WireLoss>().Length];

    /// <summary>The node's. A system makes its serializers before its node can give them anything, and nothing travels before that.</summary>
    public NodeMetrics Metrics { get; set; } = NodeMetrics.None;

    public long this[WireLoss why] => Interlocked.Read(ref _counts[(int)why]);

    /// <summary>Counts one and says what to throw.</summary>
    public SerializationException Count(WireLoss why, string manifest, string words, Exception? cause = null)
    {
        Interlocked.Increment(ref _counts[(int)why]);
        Metrics.CountLoss(why);
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
