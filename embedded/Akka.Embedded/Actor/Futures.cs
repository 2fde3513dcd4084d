namespace Akka.Actor;

/// <summary>A question with a task for its answer. For the edge of the system; inside, actors tell.</summary>
public static class Futures
{
    public static Task<object> Ask(this IActorRef self, object message, TimeSpan? timeout = null) => self.Ask<object>(message, timeout);
    public static Task<T> Ask<T>(this IActorRef self, object message, TimeSpan? timeout = null) => self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this IActorRef self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var system = self.Itself.System ?? ActorCell.Current?.System
            ?? throw new ArgumentException($"{self} belongs to no actor system that could take the answer.", nameof(self));
        var asker = new AskRef<T>(system, timeout ?? system.Settings.AskTimeout, cancellationToken);
        self.Tell(message, asker);
        return asker.Answer;
    }
}

/// <summary>Stands in as the sender of a question. Only the first answer counts.</summary>
internal sealed class AskRef<T> : ActorRefBase
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenRegistration _cancellation;

    public AskRef(ActorSystem system, TimeSpan timeout, CancellationToken cancellationToken)
    {
        (System, Path) = (system, system.NextTempPath());
        system.Remember(this);
        if (timeout > TimeSpan.Zero)
        {
            _timer = new CancellationTokenSource(timeout);
            _timer.Token.UnsafeRegister(_ => End(a => a.TrySetException(new AskTimeoutException($"Timeout after {timeout.TotalSeconds:F2} seconds"))), null);
        }
        _cancellation = cancellationToken.UnsafeRegister(_ => End(a => a.TrySetCanceled(cancellationToken)), null);
    }

    public Task<T> Answer => _answer.Task;
    public override ActorPath Path { get; }
    internal override ActorSystem System { get; }

    public override void Tell(object message, IActorRef sender) => End(answer => message switch
    {
        T wanted => answer.TrySetResult(wanted),
        Status.Failure failure => answer.TrySetException(failure.Cause),
        _ => answer.TrySetException(new ArgumentException($"Received message of type [{message?.GetType()}] - Ask expected message of type [{typeof(T)}]")),
    });

    private void End(Func<TaskCompletionSource<T>, bool> how)
    {
        if (!how(_answer)) return;
        System.Forget(this);
        _cancellation.Unregister();
        _timer?.Dispose();
    }
}
