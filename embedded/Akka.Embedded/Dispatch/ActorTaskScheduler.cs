namespace Akka.Dispatch;

/// <summary>Runs the continuations of an asynchronous handler as the actor, through its mailbox.</summary>
internal sealed class ActorTaskScheduler(ActorCell cell) : TaskScheduler
{
    public override int MaximumConcurrencyLevel => 1;
    internal void Execute(Task task) => TryExecuteTask(task);
    protected override void QueueTask(Task task) => cell.Mailbox.PostSystem(new ActorTask(this, task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(ActorCell.Current, cell) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => null;
}
