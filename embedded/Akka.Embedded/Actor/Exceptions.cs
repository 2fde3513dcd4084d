namespace Akka.Actor;

public abstract class AkkaException : Exception
{
    protected AkkaException(string message, Exception cause = null) : base(message, cause) { }
}

public class InvalidMessageException(string message) : AkkaException(message)
{
    internal static void IfNull(object message)
    {
        if (message is null) throw new InvalidMessageException("A message cannot be null.");
    }
}

public class InvalidActorNameException(string message) : AkkaException(message);

public class IllegalActorStateException(string message) : AkkaException(message);

public class AskTimeoutException(string message) : AkkaException(message);

public sealed class SchedulerException(string message) : AkkaException(message);

/// <summary>A watched actor died and its watcher did not handle the news.</summary>
public class DeathPactException(IActorRef deadActor) : AkkaException($"Monitored actor [{deadActor}] terminated")
{
    public IActorRef DeadActor { get; } = deadActor;
}

/// <summary>The constructor or <c>PreStart</c> threw.</summary>
public class ActorInitializationException(IActorRef actor, string message, Exception cause = null) : AkkaException(message, cause)
{
    public ActorInitializationException(string message) : this(null, message) { }
    public IActorRef Actor { get; set; } = actor;
}

/// <summary>The new instance could not be made, or its <c>PostRestart</c> threw.</summary>
public class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, $"Exception post restart ({originalCause?.GetType().ToString() ?? "null"})", cause)
{
    public Exception OriginalCause { get; } = originalCause;
}
