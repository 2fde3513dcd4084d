namespace Akka.Actor;

/// <summary>Sends what a task ends with to an actor. A failure, or a mapping that throws, becomes a <see cref="Status.Failure"/> or what <c>failure</c> makes of it.</summary>
public static class PipeToSupport
{
    public static Task PipeTo<T>(
        this Task<T> taskToPipe, ICanTell recipient, IActorRef sender = null, Func<T, object> success = null, Func<Exception, object> failure = null) =>
        Pipe(async () =>
        {
            var result = await taskToPipe.ConfigureAwait(false);
            recipient.Tell(success is null ? result : success(result), sender);
        }, recipient, sender, failure);

    public static Task PipeTo(
        this Task taskToPipe, ICanTell recipient, IActorRef sender = null, Func<object> success = null, Func<Exception, object> failure = null) =>
        Pipe(async () =>
        {
            await taskToPipe.ConfigureAwait(false);
            if (success is not null) recipient.Tell(success(), sender);
        }, recipient, sender, failure);

    private static async Task Pipe(Func<Task> tell, ICanTell recipient, IActorRef sender, Func<Exception, object> failure)
    {
        try
        {
            await tell().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            recipient.Tell(failure is null ? new Status.Failure(e) : failure(e), sender);
        }
    }
}
