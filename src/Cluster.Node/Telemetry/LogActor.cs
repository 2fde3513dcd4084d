using Akka.Actor;
using Akka.Event;

namespace ProverCluster.Node.Telemetry;

/// <summary>
/// Writes the log to standard error, a line an event. Connections and members that come and go are told once, in our words: what the runtime says of them, at
/// every attempt and with its stacks, is left out unless somebody asked for more than warnings.
/// </summary>
internal sealed class LogActor : ReceiveActor
{
    private static readonly string[] Chatter = ["/system/endpointManager/", "/system/transports/", "/system/cluster/core/", "remoting", "TcpClientHandler", "TcpServerHandler"];

    private const string Resolver = "downingProvider";

    private readonly TextWriter _lines;
    private readonly Type[] _levels;
    private readonly bool _isBrief;
    private readonly LogFormat _format;

    /// <param name="lines">Where to write.</param>
    /// <param name="least">The configured level: what is below it is not published, with a few exceptions.</param>
    /// <param name="format">How to write.</param>
    public LogActor(TextWriter lines, string least, LogFormat format)
    {
        Type[] levels = [typeof(Debug), typeof(Info), typeof(Warning), typeof(Error)];
        _levels = [.. levels.SkipWhile(level => !level.Name.Equals(least, StringComparison.OrdinalIgnoreCase))];
        (_lines, _format, _isBrief) = (lines, format, !_levels.Contains(typeof(Info)));
        Receive<LogEvent>(told => _isBrief && IsChatter(told), _ => { });
        Receive<LogEvent>(Write);
    }

    public static Props Props(TextWriter lines, string least, LogFormat format) => Akka.Actor.Props.Create(() => new LogActor(lines, least, format));

    protected override void PreStart()
    {
        foreach (var level in _levels)
            Context.System.EventStream.Subscribe(Self, level);
    }

    internal static bool IsChatter(LogEvent told) =>
        // Who is to stop, and why, is told: a cluster may be gone by it.
        !told.LogSource.Contains(Resolver, StringComparison.Ordinal)
        && Chatter.Any(source => told.LogSource.Contains(source, StringComparison.Ordinal)) && (told is not Error || IsOfConnection(told));

    private static bool IsOfConnection(LogEvent failure) =>
        failure.Cause?.GetType().Namespace?.StartsWith("Akka.Remote", StringComparison.Ordinal) == true
        || failure.Message.ToString()!.StartsWith("AssociationError", StringComparison.Ordinal)
        || failure.Message.ToString()!.StartsWith("No response from remote", StringComparison.Ordinal);

    private void Write(LogEvent told) => _lines.WriteLine(_format == LogFormat.Json ? LogForm.Json(told, _isBrief) : LogForm.Text(told, _isBrief));
}
