namespace Akka.Conformance;

public sealed class ReceiveSpecs : Spec
{
    private sealed class Chooser : ReceiveActor
    {
        public Chooser()
        {
            Receive<int>(n => Sender.Tell($"big {n}"), n => n > 100);
            Receive<int>(n => n > 10 && Answer($"middle {n}"));
            Receive<int>(n => Sender.Tell($"small {n}"));
            Receive<string>(text => text.StartsWith('a'), text => Sender.Tell($"a-word {text}"));
            Receive<IFormattable>(f => Sender.Tell($"formattable {f.GetType().Name}"));
        }

        private bool Answer(string text)
        {
            Sender.Tell(text);
            return true;
        }
    }

    [Fact]
    public void The_first_handler_that_fits_should_be_taken()
    {
        var actor = Sys.ActorOf<Chooser>();
        foreach (var message in new object[] { 101, 11, 1, "abc", 1.5 }) actor.Tell(message);

        ExpectMsg("big 101");
        ExpectMsg("middle 11");
        ExpectMsg("small 1");
        ExpectMsg("a-word abc");
        ExpectMsg("formattable Double");
    }

    [Fact]
    public void A_message_without_a_handler_should_be_published_as_unhandled()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Sys.ActorOf<Chooser>();
        actor.Tell("xyz");

        var unhandled = ExpectMsg<UnhandledMessage>();
        Assert.Equal("xyz", unhandled.Message);
        Assert.Equal(TestActor, unhandled.Sender);
        Assert.Equal(actor, unhandled.Recipient);
    }

    private sealed class Moody : ReceiveActor
    {
        public Moody() => Calm();

        private void Calm()
        {
            Receive<string>(text => text == "provoke", _ => Become(Angry));
            Receive<string>(text => text == "push", _ => BecomeStacked(Angry));
            Receive<string>(text => text == "pop", _ => UnbecomeStacked());
            ReceiveAny(_ => Sender.Tell("calm"));
        }

        private void Angry()
        {
            Receive<string>(text => text == "soothe", _ => Become(Calm));
            Receive<string>(text => text == "pop", _ => UnbecomeStacked());
            ReceiveAny(_ => Sender.Tell("angry"));
        }
    }

    [Fact]
    public void Become_should_replace_the_behaviour_and_unbecome_should_bring_back_the_one_below()
    {
        var actor = Sys.ActorOf<Moody>();
        foreach (var text in new[] { "?", "provoke", "?", "soothe", "?", "push", "?", "pop", "?", "pop", "?" }) actor.Tell(text);

        foreach (var mood in new[] { "calm", "angry", "calm", "angry", "calm", "calm" }) ExpectMsg(mood);
    }

    private sealed class BornBecome : ReceiveActor
    {
        public BornBecome() => Become(() => ReceiveAny(_ => Sender.Tell("became")));
    }

    [Fact]
    public void Become_in_the_constructor_should_be_the_first_behaviour()
    {
        Sys.ActorOf<BornBecome>().Tell("?");
        ExpectMsg("became");
    }

    private sealed class Latecomer : ReceiveActor
    {
        public Latecomer() => Receive<string>(_ =>
        {
            try
            {
                Receive<int>(_ => { });
            }
            catch (InvalidOperationException e)
            {
                Sender.Tell(e);
            }
        });
    }

    [Fact]
    public void Handlers_should_be_refused_outside_the_constructor_and_become()
    {
        Sys.ActorOf<Latecomer>().Tell("add one");
        ExpectMsg<InvalidOperationException>();
    }

    private sealed class AfterAny : ReceiveActor
    {
        public AfterAny(IActorRef reportTo)
        {
            ReceiveAny(_ => { });
            try
            {
                Receive<int>(_ => { });
            }
            catch (InvalidOperationException e)
            {
                reportTo.Tell(e);
            }
        }
    }

    [Fact]
    public void A_handler_after_one_for_everything_should_be_refused()
    {
        Sys.ActorOf(Props.Create(() => new AfterAny(TestActor)));
        ExpectMsg<InvalidOperationException>();
    }

    private sealed class Untyped : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "switch") Become(Other);
            else if (message is int) Unhandled(message);
            else Sender.Tell("first");
        }

        private void Other(object message) => Sender.Tell("other");
    }

    [Fact]
    public void An_untyped_actor_should_say_itself_what_it_does_not_handle_and_switch_to_a_method()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Sys.ActorOf<Untyped>();
        actor.Tell("?");
        ExpectMsg("first");
        actor.Tell(1);
        Assert.Equal(1, ExpectMsg<UnhandledMessage>().Message);
        actor.Tell("switch");
        actor.Tell("?");
        ExpectMsg("other");
    }

    private sealed class Forwarder : ReceiveActor
    {
        public Forwarder(IActorRef to) => ReceiveAny(to.Forward);
    }

    [Fact]
    public void Forward_should_keep_the_sender_and_tell_from_a_handler_should_be_from_that_actor()
    {
        var probe = CreateTestProbe();
        Sys.ActorOf(Props.Create(() => new Forwarder(probe.Ref))).Tell("x");

        probe.ExpectMsg("x");
        Assert.Equal(TestActor, probe.Sender);
    }
}
