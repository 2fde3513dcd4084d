namespace Akka.Event;

public enum LogLevel { DebugLevel, InfoLevel, WarningLevel, ErrorLevel }

public abstract class LogEvent : INoSerializationVerificationNeeded
{
    private protected LogEvent(Exception cause, string logSource, Type logClass, object message) =>
        (Cause, LogSource, LogClass, Message) = (cause, logSource, logClass, message);

    public Exception Cause { get; }
    public DateTime Timestamp { get; } = TimeProvider.System.GetUtcNow().UtcDateTime;
    public string LogSource { get; }
    public Type LogClass { get; }
    public object Message { get; }

    public override string ToString() =>
        $"[{GetType().Name.ToUpperInvariant()}][{Timestamp:yyyy-MM-dd HH:mm:ss.fff}Z][{LogSource}] {Message}{(Cause is null ? "" : $"{Environment.NewLine}Cause: {Cause}")}";
}

public class Debug(Exception cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message);

public class Info(Exception cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message);

public class Warning(Exception cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message);

public class Error(Exception cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message);
