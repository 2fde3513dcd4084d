namespace Akka.Actor;

public enum Directive { Resume, Restart, Escalate, Stop }

public interface IDecider
{
    Directive Decide(Exception cause);
}

public static class Decider
{
    public static LocalOnlyDecider From(Func<Exception, Directive> localOnlyDecider) => new(localOnlyDecider);
}

public class LocalOnlyDecider(Func<Exception, Directive> decider) : IDecider
{
    public Directive Decide(Exception cause) => decider(cause);
}

/// <summary>What a parent does about a child that threw.</summary>
public abstract class SupervisorStrategy
{
    public static IDecider DefaultDecider = Actor.Decider.From(cause => cause switch
    {
        ActorInitializationException or ActorKilledException or DeathPactException => Directive.Stop,
        _ => Directive.Restart,
    });

    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);
    public static readonly OneForOneStrategy StoppingStrategy = new(_ => Directive.Stop);
    private readonly int _maxRetries;
    private readonly int _withinMilliseconds;
    private readonly bool _logging;

    private protected SupervisorStrategy(IDecider decider, int? maxRetries, TimeSpan? within, bool logging)
    {
        Decider = decider;
        _maxRetries = maxRetries ?? -1;
        _withinMilliseconds = within is { } time ? (int)time.TotalMilliseconds : -1;
        _logging = logging;
    }

    public virtual IDecider Decider { get; }

    /// <summary>Escalation is the caller's: false says that the parent itself has failed.</summary>
    internal bool HandleFailure(ActorCell parent, ChildStats child, Exception cause, IReadOnlyCollection<ChildStats> children)
    {
        var directive = Decider.Decide(cause);
        if (_logging && directive != Directive.Escalate) Log(parent, child.Child.Path.ToString(), cause, directive);
        switch (directive)
        {
            case Directive.Escalate: return false;
            case Directive.Resume: child.Child.SendSystem(new Dispatch.Resume(cause)); return true;
            default: Punish(parent, directive == Directive.Restart, child, cause, children); return true;
        }
    }

    private protected abstract void Punish(ActorCell parent, bool restart, ChildStats child, Exception cause, IReadOnlyCollection<ChildStats> children);
    private protected bool MayRestart(ChildStats child) => child.MayRestart(_maxRetries, _withinMilliseconds);

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
        : base(new LocalOnlyDecider(localOnlyDecider), maxNrOfRetries, withinTimeRange, true) { }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : base(new LocalOnlyDecider(localOnlyDecider), null, null, loggingEnabled) { }

    public OneForOneStrategy(IDecider decider) : base(decider, null, null, true) { }

    private protected override void Punish(ActorCell parent, bool restart, ChildStats child, Exception cause, IReadOnlyCollection<ChildStats> children)
    {
        if (restart && MayRestart(child)) child.Child.SendSystem(new Dispatch.Recreate(cause));
        else parent.Stop(child.Child);
    }
}

/// <summary>What one child did is visited on all of them.</summary>
public class AllForOneStrategy : SupervisorStrategy
{
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : base(new LocalOnlyDecider(localOnlyDecider), maxNrOfRetries, withinTimeRange, true) { }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(null, null, localOnlyDecider) { }

    private protected override void Punish(ActorCell parent, bool restart, ChildStats child, Exception cause, IReadOnlyCollection<ChildStats> children)
    {
        var allMay = restart && children.All(MayRestart);
        foreach (var each in children)
        {
            if (!allMay) parent.Stop(each.Child);
            // The culprit has suspended itself already.
            else if (each != child) each.Child.SendSystem(new Dispatch.Suspend());
            if (allMay) each.Child.SendSystem(new Dispatch.Recreate(cause));
        }
    }
}
