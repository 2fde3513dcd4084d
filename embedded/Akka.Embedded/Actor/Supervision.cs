using Akka.Event;

namespace Akka.Actor;

public enum Directive
{
    Resume,
    Restart,
    Escalate,
    Stop,
}

public interface IDecider
{
    Directive Decide(Exception cause);
}

public static class Decider
{
    public static LocalOnlyDecider From(Func<Exception, Directive> localOnlyDecider) => new(localOnlyDecider);
}

public class LocalOnlyDecider : IDecider
{
    private readonly Func<Exception, Directive> _decide;
    public LocalOnlyDecider(Func<Exception, Directive> decider) => _decide = decider;
    public Directive Decide(Exception cause) => _decide(cause);
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
    private readonly bool _logging;
    private readonly int _withinMilliseconds;

    private protected SupervisorStrategy(IDecider decider, int maxRetries, TimeSpan? within, bool logging)
    {
        Decider = decider;
        MaxRetries = maxRetries;
        _withinMilliseconds = within is { } time ? (int)time.TotalMilliseconds : -1;
        _logging = logging;
    }

    public virtual IDecider Decider { get; }
    private protected int MaxRetries { get; }

    /// <summary>Escalation is the caller's: false says that the parent itself has failed.</summary>
    internal bool HandleFailure(ActorCell parent, ChildStats child, Exception cause, IReadOnlyCollection<ChildStats> children)
    {
        var directive = Decider.Decide(cause);
        Log(parent, child.Child, cause, directive);
        switch (directive)
        {
            case Directive.Escalate:
                return false;
            case Directive.Resume:
                child.Child.SendSystem(new Dispatch.Resume(cause));
                return true;
            default:
                Punish(parent, directive == Directive.Restart, child, cause, children);
                return true;
        }
    }

    private protected abstract void Punish(ActorCell parent, bool restart, ChildStats child, Exception cause, IReadOnlyCollection<ChildStats> children);
    private protected bool MayRestart(ChildStats child) => child.MayRestart(MaxRetries, _withinMilliseconds);

    private void Log(ActorCell parent, IActorRef child, Exception cause, Directive directive)
    {
        if (!_logging || directive == Directive.Escalate) return;
        var source = child.Path.ToString();
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
        : base(new LocalOnlyDecider(localOnlyDecider), maxNrOfRetries ?? -1, withinTimeRange, true) { }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : base(new LocalOnlyDecider(localOnlyDecider), -1, null, true) { }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : base(new LocalOnlyDecider(localOnlyDecider), -1, null, loggingEnabled) { }

    public OneForOneStrategy(IDecider decider) : base(decider, -1, null, true) { }

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
        : base(new LocalOnlyDecider(localOnlyDecider), maxNrOfRetries ?? -1, withinTimeRange, true) { }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : base(new LocalOnlyDecider(localOnlyDecider), -1, null, true) { }

    private protected override void Punish(ActorCell parent, bool restart, ChildStats child, Exception cause, IReadOnlyCollection<ChildStats> children)
    {
        var allMay = restart && children.All(MayRestart);
        foreach (var each in children)
        {
            if (!allMay)
            {
                parent.Stop(each.Child);
                continue;
            }
            // The culprit has suspended itself already.
            if (each != child) each.Child.SendSystem(new Dispatch.Suspend());
            each.Child.SendSystem(new Dispatch.Recreate(cause));
        }
    }
}
