namespace Akka.TestKit;

/// <summary>Which log events are meant.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testKit;
    private readonly ActorSystem _system;

    internal EventFilterFactory(TestKitBase testKit, ActorSystem system)
    {
        _testKit = testKit;
        _system = system;
    }

    public IEventFilterApplier Exception<TException>(string message = null, string start = null, string contains = null, string source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    public IEventFilterApplier Exception(
        Type exceptionType, string message = null, string start = null, string contains = null, string source = null, bool checkInnerExceptions = false) =>
        Of<Error>(e => Causes(e.Cause, checkInnerExceptions).Any(exceptionType.IsInstanceOfType)
            && (Fits(e.Message?.ToString(), message, start, contains) || Fits(e.Cause.Message, message, start, contains)), source);

    public IEventFilterApplier Error(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Error>(e => Fits(e.Message?.ToString(), message, start, contains), source);

    public IEventFilterApplier Warning(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Warning>(e => Fits(e.Message?.ToString(), message, start, contains), source);

    public IEventFilterApplier Info(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Info>(e => Fits(e.Message?.ToString(), message, start, contains), source);

    public IEventFilterApplier Debug(string message = null, string start = null, string contains = null, string source = null) =>
        Of<Debug>(e => Fits(e.Message?.ToString(), message, start, contains), source);

    public IEventFilterApplier DeadLetter() => Filter(e => e is DeadLetter);

    public IEventFilterApplier DeadLetter<TMessage>(string source = null) =>
        Filter(e => e is DeadLetter { Message: TMessage } letter && (source is null || letter.Recipient.Path.ToString() == source));

    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate) where TLogEvent : LogEvent => Of(predicate, null);

    private static bool Fits(string text, string message, string start, string contains) =>
        text is not null && (message is null || text == message)
        && (start is null || text.StartsWith(start, StringComparison.Ordinal))
        && (contains is null || text.Contains(contains, StringComparison.Ordinal));

    private static IEnumerable<Exception> Causes(Exception cause, bool inner)
    {
        for (; cause is not null; cause = inner ? cause.InnerException : null) yield return cause;
    }

    private IEventFilterApplier Of<TEvent>(Predicate<TEvent> fits, string source) where TEvent : LogEvent =>
        Filter(e => e is TEvent logEvent && (source is null || logEvent.LogSource == source) && fits(logEvent));

    private IEventFilterApplier Filter(Predicate<object> fits) => new EventFilterApplier(_testKit, TestEventListener.Of(_system), fits);
}
