namespace Akka.Actor;

public abstract class AkkaException : Exception
{
    protected AkkaException() { }
    protected AkkaException(string message, Exception cause = null) : base(message, cause) { }
}

public class InvalidMessageException : AkkaException
{
    public InvalidMessageException(string message) : base(message) { }

    internal static void IfNull(object message)
    {
        if (message is null) throw new InvalidMessageException("A message cannot be null.");
    }
}

public class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message) : base(message) { }
}

public class IllegalActorStateException : AkkaException
{
    public IllegalActorStateException(string message) : base(message) { }
}

public class ActorKilledException : AkkaException
{
    public ActorKilledException(string message) : base(message) { }
}

/// <summary>A watched actor died and its watcher did not handle the news.</summary>
public class DeathPactException : AkkaException
{
    public DeathPactException(IActorRef deadActor) : base($"Monitored actor [{deadActor}] terminated") => DeadActor = deadActor;
    public IActorRef DeadActor { get; }
}

public class AskTimeoutException : AkkaException
{
    public AskTimeoutException(string message) : base(message) { }
}

/// <summary>The constructor or <c>PreStart</c> threw.</summary>
public class ActorInitializationException : AkkaException
{
    public ActorInitializationException(string message) : base(message) { }
    public ActorInitializationException(IActorRef actor, string message, Exception cause = null) : base(message, cause) => Actor = actor;
    public IActorRef Actor { get; set; }
}

/// <summary>The new instance could not be made, or its <c>PostRestart</c> threw.</summary>
public class PostRestartException : ActorInitializationException
{
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, $"Exception post restart ({originalCause?.GetType().ToString() ?? "null"})", cause) => OriginalCause = originalCause;

    public Exception OriginalCause { get; }
}

public sealed class SchedulerException : AkkaException
{
    public SchedulerException(string message) : base(message) { }
}
