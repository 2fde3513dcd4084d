namespace Akka.Conformance;

public sealed class LifecycleSpecs : Spec
{
    private sealed class Talkative : ReceiveActor
    {
        private readonly string _name;
        private readonly IActorRef _reportTo;

        public Talkative(string name, IActorRef reportTo)
        {
            _name = name;
            _reportTo = reportTo;
            reportTo.Tell($"{name} made");
            Receive<string>(text => text == "child", _ => Context.ActorOf(Props.Create(() => new Talkative($"{name}'s child", reportTo)), "child"));
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("told to fail"));
            Receive<string>(text => text == "again", _ =>
            {
                try
                {
                    Context.ActorOf(Props.Create(() => new Talkative("second", reportTo)), "child");
                }
                catch (InvalidActorNameException e)
                {
                    Sender.Tell(e);
                }
            });
            Receive<string>(text => Sender.Tell($"{name} got {text}"));
        }

        protected override void PreStart() => _reportTo.Tell($"{_name} PreStart");

        protected override void PostStop() => _reportTo.Tell($"{_name} PostStop");

        protected override void PreRestart(Exception reason, object message)
        {
            _reportTo.Tell($"{_name} PreRestart {reason.Message} at {message}");
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            _reportTo.Tell($"{_name} PostRestart {reason.Message}");
            base.PostRestart(reason);
        }
    }

    private IActorRef Start(string name = "a") => Sys.ActorOf(Props.Create(() => new Talkative(name, TestActor)), name);

    [Fact]
    public void PreStart_should_come_before_the_first_message_and_PostStop_after_the_last()
    {
        var actor = Start();
        actor.Tell("one");
        actor.Tell(PoisonPill.Instance);

        foreach (var line in new[] { "a made", "a PreStart", "a got one", "a PostStop" }) ExpectMsg(line);
    }

    [Fact]
    public void Children_should_have_stopped_before_the_parents_PostStop_and_its_watchers_hear_after_that()
    {
        var actor = Watch(Start());
        actor.Tell("child");
        foreach (var line in new[] { "a made", "a PreStart", "a's child made", "a's child PreStart" }) ExpectMsg(line);
        Sys.Stop(actor);

        ExpectMsg("a's child PostStop");
        ExpectMsg("a PostStop");
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_restart_should_run_the_hooks_in_order_stop_the_children_and_lose_only_the_failed_message()
    {
        var actor = Start();
        actor.Tell("child");
        foreach (var line in new[] { "a made", "a PreStart", "a's child made", "a's child PreStart" }) ExpectMsg(line);
        EventFilter.Error("told to fail").ExpectOne(() =>
        {
            actor.Tell("fail");
            actor.Tell("next");
            ExpectMsg("a PreRestart told to fail at fail");
            ExpectMsgAllOf("a PostStop", "a's child PostStop");
            ExpectMsg("a made");
            ExpectMsg("a PostRestart told to fail");
            ExpectMsg("a PreStart");
            ExpectMsg("a got next");
        });
    }

    [Fact]
    public void A_name_should_be_unique_among_siblings_and_free_again_after_termination()
    {
        var first = Watch(Start());
        Assert.Throws<InvalidActorNameException>(() => Start());
        Sys.Stop(first);
        foreach (var line in new[] { "a made", "a PreStart", "a PostStop" }) ExpectMsg(line);
        ExpectTerminated(first);
        AwaitAssert(() =>
        {
            var second = Start();
            Assert.Equal(first.Path, second.Path);
            Assert.NotEqual(first, second);
        });
        ExpectMsg("a made");
    }

    [Fact]
    public void A_child_name_that_is_taken_should_be_refused_in_a_handler_too()
    {
        var actor = Start();
        actor.Tell("child");
        actor.Tell("again");
        foreach (var line in new[] { "a made", "a PreStart" }) ExpectMsg(line);
        FishForMessage<InvalidActorNameException>(_ => true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("$a")]
    [InlineData("a/b")]
    public void A_name_with_a_meaning_of_its_own_should_be_refused(string name) =>
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(Props.Create(() => new Talkative("x", TestActor)), name));

    [Fact]
    public void An_actor_should_not_be_made_with_new()
    {
        Exception? thrown = null;
        var elsewhere = new Thread(() => thrown = Record.Exception(() => new Plain()));
        elsewhere.Start();
        elsewhere.Join();
        Assert.IsType<ActorInitializationException>(thrown);
    }

    private sealed class Plain : ReceiveActor;

    private sealed class Unborn : ReceiveActor
    {
        public Unborn() => throw new InvalidOperationException("no");
    }

    [Fact]
    public void A_constructor_that_throws_should_stop_the_actor()
    {
        EventFilter.Error().ExpectOne(() =>
        {
            var actor = Watch(Sys.ActorOf<Unborn>());
            ExpectTerminated(actor);
        });
    }

    private sealed class Relative : ReceiveActor
    {
        public Relative()
        {
            var child = Context.ActorOf<Plain>("child");
            Receive<string>(_ =>
            {
                Sender.Tell(Context.Parent.Path.ToString());
                Sender.Tell(Context.Child("child").Equals(child));
                Sender.Tell(Context.Child("nobody").IsNobody());
                Sender.Tell(child.Path.ToString());
            });
        }
    }

    [Fact]
    public void An_actor_should_know_its_relatives()
    {
        Sys.ActorOf<Relative>("relative").Tell("?");
        ExpectMsg("akka://test/user");
        ExpectMsg(true);
        ExpectMsg(true);
        ExpectMsg("akka://test/user/relative/child");
    }
}
