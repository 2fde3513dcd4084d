namespace Akka.Actor;

public enum Directive { Resume, Restart, Escalate, Stop }

/// <summary>What a parent does about a child that threw.</summary>
public abstract class SupervisorStrategy
{
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(cause =>
        cause is ActorInitializationException or DeathPactException ? Directive.Stop : Directive.Restart);

    public static readonly OneForOneStrategy StoppingStrategy = new(_ => Directive.Stop);
    private readonly Func<Exception, Directive> _decide;
    private readonly int _maxRetries;
    private readonly int _withinMilliseconds;

    private protected SupervisorStrategy(int? maxRetries, TimeSpan? within, Func<Exception, Directive> decide)
    {
        _decide = decide;
        _maxRetries = maxRetries ?? -1;
        _withinMilliseconds = within is { } time ? (int)time.TotalMilliseconds : -1;
    }

    /// <summary>Escalation is the caller's: false says that the parent itself has failed.</summary>
    internal bool HandleFailure(ActorCell parent, ChildStats child, Exception cause)
    {
        var directive = _decide(cause);
        if (directive == Directive.Escalate) return false;
        Log(parent, child.Child.Path.ToString(), cause, directive);
        if (directive == Directive.Resume) child.Child.SendSystem(new Dispatch.Resume(cause));
        else if (directive == Directive.Restart && child.MayRestart(_maxRetries, _withinMilliseconds)) child.Child.SendSystem(new Recreate(cause));
        else parent.Stop(child.Child);
        return true;
    }

    private void Log(ActorCell parent, string source, Exception cause, Directive directive)
    {
        var message = (cause is ActorInitializationException { InnerException: { } inner } ? inner : cause).Message;
        parent.System.EventStream.Publish(directive == Directive.Resume
            ? new Warning(cause, source, GetType(), message)
            : new Error(cause, source, GetType(), message));
    }
}

/// <summary>Each child is judged alone.</summary>
public class OneForOneStrategy : SupervisorStrategy
{
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : base(maxNrOfRetries, withinTimeRange, localOnlyDecider) { }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(null, null, localOnlyDecider) { }
}
