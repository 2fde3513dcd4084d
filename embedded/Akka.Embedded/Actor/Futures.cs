namespace Akka.Actor;

/// <summary>A question with a task for its answer. For the edge of the system; inside, actors tell.</summary>
public static class Futures
{
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var system = (self as IInternalActorRef)?.System ?? ActorCell.Current?.System
            ?? throw new ArgumentException($"{self} belongs to no actor system that could take the answer.", nameof(self));
        var asker = new AskRef<T>(system, timeout ?? system.Settings.AskTimeout, cancellationToken);
        self.Tell(message, asker);
        return asker.Answer;
    }
}

/// <summary>Stands in as the sender of a question. The first answer counts; later ones are dead letters.</summary>
internal sealed class AskRef<T> : ActorRefBase
{
    private readonly ActorSystem _system;
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenRegistration _cancellation;
    private ActorPath _path;
    private volatile bool _exported;

    public AskRef(ActorSystem system, TimeSpan timeout, CancellationToken cancellationToken)
    {
        _system = system;
        if (timeout > TimeSpan.Zero)
        {
            _timer = new CancellationTokenSource(timeout);
            _timer.Token.UnsafeRegister(_ => End(a => a.TrySetException(new AskTimeoutException($"Timeout after {timeout.TotalSeconds:F2} seconds"))), null);
        }
        _cancellation = cancellationToken.UnsafeRegister(_ => End(a => a.TrySetCanceled(cancellationToken)), null);
    }

    public Task<T> Answer => _answer.Task;
    public override ActorPath Path => _path ??= _system.NextTempPath();
    internal override ActorSystem System => _system;

    public override void Tell(object message, IActorRef sender)
    {
        var taken = message switch
        {
            T answer => End(a => a.TrySetResult(answer)),
            Status.Failure failure => End(a => a.TrySetException(failure.Cause ?? new TaskCanceledException("The answer was a failure without a cause."))),
            _ => End(a => a.TrySetException(new ArgumentException(
                $"Received message of type [{message?.GetType()}] - Ask expected message of type [{typeof(T)}]"))),
        };
        if (!taken && !_answer.Task.IsCanceled) _system.DeadLetterRef.Deliver(message, sender, this);
    }

    internal override void Export()
    {
        _exported = true;
        _system.Remember(this);
        if (_answer.Task.IsCompleted) _system.Forget(this);
    }

    private bool End(Func<TaskCompletionSource<T>, bool> how)
    {
        if (!how(_answer)) return false;
        if (_exported) _system.Forget(this);
        _cancellation.Unregister();
        _timer?.Dispose();
        return true;
    }
}
