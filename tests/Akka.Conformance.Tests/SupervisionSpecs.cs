namespace Akka.Conformance;

public sealed class SupervisionSpecs : Spec
{
    public SupervisionSpecs() : base("akka.loglevel = OFF")
    {
    }

    private sealed class Child : ReceiveActor
    {
        private readonly IActorRef _reportTo;
        private int _count;

        public Child(IActorRef reportTo)
        {
            _reportTo = reportTo;
            Receive<Exception>(e => throw e);
            Receive<string>(_ => Sender.Tell($"{Self.Path.Name} {++_count}"));
        }

        protected override void PostRestart(Exception reason) => _reportTo.Tell($"{Self.Path.Name} restarted");

        protected override void PostStop() => _reportTo.Tell($"{Self.Path.Name} stopped");
    }

    private sealed class Parent : ReceiveActor
    {
        private readonly bool _isStrict;

        public Parent(bool isStrict, IActorRef reportTo)
        {
            _isStrict = isStrict;
            foreach (var name in new[] { "one", "two" }) Context.ActorOf(Props.Create(() => new Child(reportTo)), name);
            Receive<string>(name => Sender.Tell(Context.Child(name)));
            Receive<Exception>(e => throw e);
        }

        protected override SupervisorStrategy SupervisorStrategy() => _isStrict ? Akka.Actor.SupervisorStrategy.StoppingStrategy : base.SupervisorStrategy();
    }

    private (IActorRef Parent, IActorRef One, IActorRef Two) Family(bool isStrict)
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(isStrict, TestActor)));
        parent.Tell("one");
        parent.Tell("two");
        return (parent, ExpectMsg<IActorRef>(), ExpectMsg<IActorRef>());
    }

    [Fact]
    public void By_default_a_failing_child_should_be_restarted_alone_with_fresh_state()
    {
        var (_, one, two) = Family(isStrict: false);
        one.Tell("count");
        two.Tell("count");
        ExpectMsgAllOf("one 1", "two 1");
        one.Tell(new InvalidOperationException());
        ExpectMsg("one stopped");
        ExpectMsg("one restarted");
        one.Tell("count");
        ExpectMsg("one 1");
        two.Tell("count");
        ExpectMsg("two 2");
    }

    [Fact]
    public void A_failing_child_should_be_restarted_as_often_as_it_fails()
    {
        var (_, one, _) = Family(isStrict: false);
        for (var i = 0; i < 20; i++)
        {
            one.Tell(new InvalidOperationException());
            ExpectMsg("one stopped");
            ExpectMsg("one restarted");
        }
    }

    [Fact]
    public void The_stopping_strategy_should_stop_whoever_fails_and_nobody_else()
    {
        var (_, one, two) = Family(isStrict: true);
        Watch(one);
        one.Tell(new InvalidOperationException());
        ExpectMsg("one stopped");
        ExpectTerminated(one);
        two.Tell("count");
        ExpectMsg("two 1");
    }

    [Fact]
    public void A_parent_that_fails_with_its_children_should_have_new_ones_afterwards()
    {
        var (parent, one, two) = Family(isStrict: false);
        parent.Tell(new InvalidOperationException());
        one.Tell(new InvalidOperationException());
        two.Tell(new InvalidOperationException());
        parent.Tell("one");
        var again = FishForMessage<IActorRef>(_ => true);
        Assert.Equal(one.Path, again.Path);
        Assert.NotEqual(one, again);
        again.Tell("count");
        FishForMessage<string>(text => text == "one 1");
    }

    private sealed class NeverAgain : UntypedActor
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException();

        protected override void PostRestart(Exception reason) => throw new InvalidOperationException("not again");
    }

    [Fact]
    public void A_restart_that_fails_should_stop_the_actor()
    {
        var actor = Watch(Sys.ActorOf<NeverAgain>());
        actor.Tell("fail");
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_failure_that_reaches_the_top_should_end_in_the_users_guardian_which_restarts()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Child(TestActor)), "top");
        actor.Tell(new InvalidOperationException());
        ExpectMsg("top stopped");
        ExpectMsg("top restarted");
    }
}
