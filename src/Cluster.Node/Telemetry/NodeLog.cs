using Akka.Actor;
using Akka.Event;

namespace ProverCluster.Node.Telemetry;

/// <summary>
/// Where lines are told: on the actor system's event stream, so that whichever loggers are configured have them. As they are, and not yet as text, since one of ours writes
/// their members apart.
/// </summary>
internal sealed class NodeLog
{
    private readonly ILoggingAdapter _levels;
    private readonly EventStream _stream;
    private readonly string _source;
    private readonly Type _teller;

    private NodeLog(ILoggingAdapter levels, EventStream stream, string source, Type teller) => (_levels, _stream, _source, _teller) = (levels, stream, source, teller);

    public static NodeLog Of(IActorContext context) => new(context.GetLogger(), context.System.EventStream, context.Self.Path.ToString(), context.Props.Type);

    public static NodeLog Of(ActorSystem system) => new(system.Log, system.EventStream, system.Name, typeof(ActorSystem));

    /// <summary>Whether lines of that level are wanted: what comes with every goal is not written for nobody.</summary>
    public bool Tells(LogLevel level) => _levels.IsEnabled(level);

    public void Tell(LogLine line)
    {
        if (Tells(line.Level))
            _stream.Publish(Event(line));
    }

    private LogEvent Event(LogLine line) => line.Level switch
    {
        LogLevel.DebugLevel => new Debug(line.Cause, _source, _teller, line),
        LogLevel.InfoLevel => new Info(line.Cause, _source, _teller, line),
        LogLevel.WarningLevel => new Warning(line.Cause, _source, _teller, line),
        _ => new Error(line.Cause, _source, _teller, line),
    };
}
