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
}
