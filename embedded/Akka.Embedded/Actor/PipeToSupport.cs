namespace Akka.Actor;

public static class PipeToSupport
{
    /// <summary>Sends what a task ends with to an actor. A failure, or a mapping that throws, becomes a <see cref="Status.Failure"/> or what <c>failure</c> makes of it.</summary>
    public static async Task PipeTo<T>(
        this Task<T> taskToPipe, IActorRef recipient, IActorRef sender = null, Func<T, object> success = null, Func<Exception, object> failure = null)
    {
        try
        {
            var result = await taskToPipe.ConfigureAwait(false);
            recipient.Tell(success is null ? result : success(result), sender);
        }
        catch (Exception e)
        {
            recipient.Tell(failure is null ? new Status.Failure(e) : failure(e), sender);
        }
    }
}
