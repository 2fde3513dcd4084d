namespace Akka.Conformance;

public sealed class AskSpecs : Spec
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private sealed class Answering : ReceiveActor
    {
        public Answering()
        {
            Receive<int>(n => Sender.Tell(n + 1));
            Receive<Exception>(e => Sender.Tell(new Status.Failure(e)));
            Receive<string>(text => text == "self", _ => Sender.Tell(Sender));
        }
    }

    [Fact]
    public async Task An_answer_should_complete_the_task() =>
        Assert.Equal(42, await Sys.ActorOf<Answering>().Ask<int>(41, Long));

    [Fact]
    public async Task No_answer_in_time_should_be_an_AskTimeoutException() =>
        await Assert.ThrowsAsync<AskTimeoutException>(() => Sys.ActorOf<Answering>().Ask<int>("silence", TimeSpan.FromMilliseconds(50)));

    [Fact]
    public async Task A_cancelled_token_should_cancel_the_task()
    {
        using var cancellation = new CancellationTokenSource();
        var answer = Sys.ActorOf<Answering>().Ask<int>("silence", Long, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task A_failure_status_should_be_thrown_as_its_cause()
    {
        var cause = new InvalidOperationException("why");
        Assert.Same(cause, await Assert.ThrowsAsync<InvalidOperationException>(() => Sys.ActorOf<Answering>().Ask<int>(cause, Long)));
    }

    [Fact]
    public async Task A_failure_status_that_was_asked_for_should_be_an_answer() =>
        Assert.IsType<InvalidOperationException>((await Sys.ActorOf<Answering>().Ask<Status.Failure>(new InvalidOperationException(), Long)).Cause);

    [Fact]
    public async Task An_answer_of_another_type_should_be_an_ArgumentException() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Sys.ActorOf<Answering>().Ask<string>(1, Long));

    [Fact]
    public async Task The_sender_should_be_seen_by_the_one_who_makes_the_message()
    {
        var asker = await Sys.ActorOf<Answering>().Ask<IActorRef>("self", Long);
        Assert.StartsWith("akka://test/temp/", asker.Path.ToString());
    }
}
