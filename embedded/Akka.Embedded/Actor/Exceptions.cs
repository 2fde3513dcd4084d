namespace Akka.Actor;

public class InvalidActorNameException(string message) : Exception(message);

public class AskTimeoutException(string message) : Exception(message);

/// <summary>A watched actor died and its watcher did not handle the news.</summary>
public class DeathPactException(IActorRef deadActor) : Exception($"Monitored actor [{deadActor}] terminated");

/// <summary>The constructor, <c>PreStart</c> or <c>PostRestart</c> threw.</summary>
public class ActorInitializationException(string message, Exception cause = null) : Exception(message, cause);
