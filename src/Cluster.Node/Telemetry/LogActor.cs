using Akka.Actor;
using Akka.Event;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Telemetry;

/// <summary>
/// Writes the log to standard error, a line an event. Connections and members that come and go are told once, in our words: what the runtime says of them, at
/// every attempt and with its stacks, is left out unless somebody asked for more than warnings.
/// </summary>
internal sealed class LogActor : ReceiveActor
{
    private static readonly string[] Chatter = ["/system/endpointManager/", "/system/transports/", "/system/cluster/core/", "remoting", "TcpClientHandler", "TcpServerHandler"];

    private readonly TextWriter _lines;
    private readonly bool _isBrief;

    public LogActor(TextWriter lines, bool isBrief)
    {
        (_lines, _isBrief) = (lines, isBrief);
        Receive<LogEvent>(told => _isBrief && IsChatter(told), _ => { });
        Receive<LogEvent>(Write);
    }

    public static Props Props(TextWriter lines, bool isBrief) => Akka.Actor.Props.Create(() => new LogActor(lines, isBrief));

    protected override void PreStart()
    {
        // What is below the configured level is hardly ever published.
        Type[] levels = _isBrief ? [typeof(Warning), typeof(Error)] : [typeof(Debug), typeof(Info), typeof(Warning), typeof(Error)];
        foreach (var level in levels)
            Context.System.EventStream.Subscribe(Self, level);
    }

    internal static bool IsChatter(LogEvent told) =>
        Chatter.Any(source => told.LogSource.Contains(source, StringComparison.Ordinal)) && (told is not Error || IsOfConnection(told));

    private static bool IsOfConnection(LogEvent failure) =>
        failure.Cause?.GetType().Namespace?.StartsWith("Akka.Remote", StringComparison.Ordinal) == true
        || failure.Message.ToString()!.StartsWith("AssociationError", StringComparison.Ordinal)
        || failure.Message.ToString()!.StartsWith("No response from remote", StringComparison.Ordinal);

    private void Write(LogEvent told)
    {
        var cause = told.Cause is { } failure ? $": {(_isBrief ? $"{failure.GetType().Name}: {failure.Message}" : failure)}" : "";
        _lines.WriteLine($"{told.GetType().Name.ToLowerInvariant()}: {Excerpt.Visible($"{told.Message}{cause}", keepLines: !_isBrief)} ({told.LogSource})");
    }
}
