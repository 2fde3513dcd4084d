using Xunit.Sdk;

namespace Akka.Conformance;

/// <summary>The specs of everything else stand on these.</summary>
public sealed class TestKitSpecs : Spec
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private static void Fails(Action action) => Assert.ThrowsAny<XunitException>(action);

    [Fact]
    public void Expectations_should_fail_when_they_are_not_met()
    {
        Fails(() => ExpectMsg<string>(Short));
        TestActor.Tell(1);
        Fails(() => ExpectMsg<string>());
        TestActor.Tell("a");
        Fails(() => ExpectMsg<string>(s => s == "b"));
        TestActor.Tell("a");
        Fails(() => ExpectNoMsg(Short));
        TestActor.Tell("a");
        Fails(() => FishForMessage(m => m is int, Short));
        Fails(() => AwaitAssert(() => Assert.Fail("not yet"), Short));
        ExpectNoMsg(Short);
    }

    [Fact]
    public void Expectations_should_pass_when_they_are_met()
    {
        foreach (var message in new object[] { "a", "b", 3, "c", "d", "e" }) TestActor.Tell(message);
        Assert.Equal("a", ExpectMsg<string>());
        ExpectMsg<string>(s => s == "b");
        Assert.Equal("c", FishForMessage<string>(s => s == "c"));
        Assert.Equal(["d", "e"], ReceiveN(2));
        ExpectNoMsg(Short);
    }

    [Fact]
    public async Task A_test_should_be_the_sender_of_what_it_tells_also_after_it_has_waited()
    {
        var echo = Sys.ActorOf<Echo>();
        await Task.Yield();
        echo.Tell("b");
        ExpectMsg("b");
    }

    [Fact]
    public void A_probe_should_play_another_actor()
    {
        var probe = CreateTestProbe("probe");
        probe.Ref.Tell("question");
        probe.ExpectMsg<string>(text => text == "question");
        Assert.Equal(TestActor, probe.LastSender);
        probe.Reply("answer");
        ExpectMsg("answer");
        Assert.Equal(probe.Ref, LastSender);
        probe.Watch(Sys.ActorOf<Echo>("echo")).Tell(PoisonPill.Instance);
        Assert.Equal("echo", probe.ExpectMsg<Terminated>().ActorRef.Path.Name);
    }

    [Fact]
    public void A_probe_that_is_stopped_should_be_seen_to_die()
    {
        var probe = CreateTestProbe();
        Watch(probe.Ref);
        Sys.Stop(probe.Ref);
        ExpectTerminated(probe.Ref);
    }

    [Fact]
    public void A_message_should_be_there_as_soon_as_it_was_told()
    {
        TestActor.Tell("now");
        Assert.Equal("now", ExpectMsg<string>(TimeSpan.Zero));
    }

    [Fact]
    public void An_event_filter_should_count_what_fits()
    {
        EventFilter.Warning("one").ExpectOne(() => Publish(new Warning(null, "here", typeof(TestKitSpecs), "one")));
        EventFilter.Info("one").ExpectOne(() => Publish(new Info(null, "here", typeof(TestKitSpecs), "one")));
        EventFilter.Error(contains: "tw").Expect(2, () =>
        {
            Publish(new Error(null, "here", typeof(TestKitSpecs), "two"));
            Publish(new Error(null, "here", typeof(TestKitSpecs), "twice"));
        });
        EventFilter.Warning().Expect(0, () => Publish(new Error(null, "here", typeof(TestKitSpecs), "two")));
    }

    private void Publish(LogEvent logEvent) => Sys.EventStream.Publish(logEvent);
}
