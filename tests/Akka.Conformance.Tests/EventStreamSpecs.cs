namespace Akka.Conformance;

public sealed class EventStreamSpecs : Spec
{
    private abstract record Happening;

    private sealed record Started : Happening;

    private sealed record Stopped : Happening;

    [Fact]
    public void A_subscriber_should_get_what_it_asked_for_and_what_derives_from_it()
    {
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(Happening)));
        Sys.EventStream.Publish(new Started());
        Sys.EventStream.Publish("something else");
        Sys.EventStream.Publish(new Stopped());
        ExpectMsg<Started>();
        ExpectMsg<Stopped>();
    }

    [Fact]
    public void A_subscriber_should_get_nothing_more_after_it_left()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Started));
        Sys.EventStream.Subscribe(TestActor, typeof(Stopped));
        Sys.EventStream.Publish(new Stopped());
        ExpectMsg<Stopped>();
        Assert.True(Sys.EventStream.Unsubscribe(TestActor));
        Sys.EventStream.Publish(new Started());
        Sys.EventStream.Publish(new Stopped());
        ExpectNoMsg(100);
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener() => ReceiveAny(_ => { });
    }

    [Fact]
    public void A_dead_subscriber_should_be_forgotten()
    {
        var listener = Watch(Sys.ActorOf<Listener>());
        Sys.EventStream.Subscribe(listener, typeof(Happening));
        Sys.Stop(listener);
        ExpectTerminated(listener);
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));
        AwaitAssert(() =>
        {
            Sys.EventStream.Publish(new Started());
            ExpectNoMsg(100);
        });
    }
}
