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

    private sealed class Moody : ReceiveActor
    {
        public Moody() => Calm();

        private void Calm()
        {
            Receive<string>(text => text == "provoke", _ => Become(Angry));
            ReceiveAny(_ => Sender.Tell("calm"));
        }

        private void Angry()
        {
            Receive<string>(text => text == "soothe", _ => Become(Calm));
            ReceiveAny(_ => Sender.Tell("angry"));
        }
    }

    [Fact]
    public void Become_should_replace_the_behaviour()
    {
        var actor = Sys.ActorOf<Moody>();
        foreach (var text in new[] { "?", "provoke", "?", "soothe", "?" }) actor.Tell(text);

        foreach (var mood in new[] { "calm", "angry", "calm" }) ExpectMsg(mood);
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

    private sealed class Forwarder : ReceiveActor
    {
        public Forwarder(IActorRef to) => ReceiveAny(to.Forward);
    }

    [Fact]
    public void Forward_should_keep_the_sender_and_tell_from_a_handler_should_be_from_that_actor()
    {
        var probe = CreateTestProbe();
        Sys.ActorOf(Props.Create(() => new Forwarder(probe.Ref))).Tell("x");

        probe.ExpectMsg<string>(text => text == "x");
        Assert.Equal(TestActor, probe.LastSender);
    }
}
