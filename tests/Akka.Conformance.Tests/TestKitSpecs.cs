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
        Fails(() => ExpectMsg("b"));
        TestActor.Tell("a");
        Fails(() => ExpectMsg<string>(s => s == "b"));
        TestActor.Tell("a");
        Fails(() => ExpectNoMsg(Short));
        TestActor.Tell("a");
        Fails(() => ReceiveN(2, Short));
        TestActor.Tell("a");
        Fails(() => FishForMessage(m => m is int, Short));
        TestActor.Tell("a");
        TestActor.Tell("c");
        Fails(() => ExpectMsgAllOf("a", "b"));
        Fails(() => AwaitAssert(() => Assert.Fail("not yet"), Short));
        Assert.Null(ReceiveOne(Short));
    }

    [Fact]
    public void Expectations_should_pass_when_they_are_met()
    {
        foreach (var message in new object[] { "a", "b", 3, "c", "d", "e", "f" }) TestActor.Tell(message);
        Assert.True(HasMessages);
        Assert.Equal("a", ExpectMsg<string>());
        ExpectMsg<string>(s => s == "b");
        Assert.Equal("c", FishForMessage<string>(s => s == "c"));
        Assert.Equal("c", LastMessage);
        ExpectMsgAllOf("e", "d");
        Assert.Equal("f", ReceiveOne());
        ExpectNoMsg(Short);
    }

    [Fact]
    public async Task Expectations_should_be_awaitable_and_keep_the_sender_afterwards()
    {
        var echo = Sys.ActorOf<Echo>();
        echo.Tell("a");
        Assert.Equal("a", await ExpectMsgAsync<string>());
        await Task.Yield();
        echo.Tell("b");
        await ExpectMsgAsync("b");
        Assert.False(HasMessages);
        await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<string>(Short));
    }

    [Fact]
    public void A_probe_should_play_another_actor()
    {
        var probe = CreateTestProbe("probe");
        probe.Ref.Tell("question");
        probe.ExpectMsg("question");
        Assert.Equal(TestActor, probe.LastSender);
        probe.Reply("answer");
        ExpectMsg("answer");
        Assert.Equal(probe.Ref, LastSender);

        var echo = Sys.ActorOf<Echo>("echo");
        probe.Send(echo, "x");
        probe.ExpectMsg("x");
        probe.Watch(echo);
        Sys.Stop(echo);
        probe.ExpectTerminated(echo);
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
        Assert.True(HasMessages);
        ExpectMsg("now", TimeSpan.Zero);
    }

    [Fact]
    public void An_event_filter_should_count_what_fits()
    {
        EventFilter.Warning("one").ExpectOne(() => Sys.Log.Warning("one"));
        EventFilter.Error(contains: "tw").Expect(2, () =>
        {
            Sys.Log.Error("two");
            Sys.Log.Error("twice");
        });
        EventFilter.Exception<InvalidOperationException>("why").ExpectOne(() => Sys.Log.Error(new InvalidOperationException("why"), "it broke"));
    }

    [Fact]
    public void Times_should_be_stretched_by_the_factor() => Assert.Equal(TimeSpan.FromSeconds(1), Dilated(TimeSpan.FromSeconds(1)));
}
