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
        private readonly SupervisorStrategy? _strategy;
        private readonly IActorRef _reportTo;

        public Parent(SupervisorStrategy? strategy, IActorRef reportTo)
        {
            _strategy = strategy;
            _reportTo = reportTo;
            Receive<string>(name => Sender.Tell(Context.Child(name)));
        }

        protected override SupervisorStrategy SupervisorStrategy() => _strategy ?? base.SupervisorStrategy();

        protected override void PreStart()
        {
            Context.ActorOf(Props.Create(() => new Child(_reportTo)), "one");
            Context.ActorOf(Props.Create(() => new Child(_reportTo)), "two");
        }

        protected override void PreRestart(Exception reason, object message)
        {
            // Keeps the children, who then are restarted with it.
        }

        protected override void PostRestart(Exception reason)
        {
            // They are there already.
        }
    }

    private (IActorRef Parent, IActorRef One, IActorRef Two) Family(SupervisorStrategy? strategy)
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(strategy, TestActor)));
        parent.Tell("one");
        parent.Tell("two");
        return (parent, ExpectMsg<IActorRef>(), ExpectMsg<IActorRef>());
    }

    private static OneForOneStrategy OneForOne(Directive directive) => new(_ => directive);

    [Fact]
    public void By_default_a_failing_child_should_be_restarted_alone_with_fresh_state()
    {
        var (_, one, two) = Family(null);
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
    public void Resume_should_keep_the_state_and_drop_only_the_message()
    {
        var (_, one, _) = Family(OneForOne(Directive.Resume));
        one.Tell("count");
        one.Tell(new InvalidOperationException());
        one.Tell("count");
        ExpectMsg("one 1");
        ExpectMsg("one 2");
    }

    [Fact]
    public void Stop_should_end_the_child_and_nobody_else()
    {
        var (_, one, two) = Family(OneForOne(Directive.Stop));
        Watch(one);
        one.Tell(new InvalidOperationException());
        ExpectMsg("one stopped");
        ExpectTerminated(one);
        two.Tell("count");
        ExpectMsg("two 1");
    }

    [Fact]
    public void Escalate_should_make_the_parent_fail_and_its_restart_should_restart_the_children_it_kept()
    {
        var (parent, one, _) = Family(OneForOne(Directive.Escalate));
        one.Tell(new InvalidOperationException());

        ExpectMsgAllOf("one stopped", "one restarted", "two stopped", "two restarted");
        parent.Tell("one");
        Assert.Equal(one.Path, ExpectMsg<IActorRef>().Path);
    }

    [Fact]
    public void A_child_should_be_stopped_when_it_fails_more_often_than_allowed()
    {
        var (_, one, _) = Family(new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        Watch(one);
        for (var i = 0; i < 2; i++)
        {
            one.Tell(new InvalidOperationException());
            ExpectMsg("one stopped");
            ExpectMsg("one restarted");
        }
        one.Tell(new InvalidOperationException());
        ExpectMsg("one stopped");
        ExpectTerminated(one);
    }

    [Fact]
    public void Restarts_in_an_earlier_window_should_not_count()
    {
        var window = TimeSpan.FromMilliseconds(100);
        var (_, one, _) = Family(new OneForOneStrategy(1, window, _ => Directive.Restart));
        for (var i = 0; i < 3; i++)
        {
            one.Tell(new InvalidOperationException());
            ExpectMsg("one stopped");
            ExpectMsg("one restarted");
            ExpectNoMsg(window * 3);
        }
    }

    [Fact]
    public void No_restart_should_be_allowed_when_none_is()
    {
        var (_, one, _) = Family(new OneForOneStrategy(0, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        Watch(one);
        one.Tell(new InvalidOperationException());
        ExpectMsg("one stopped");
        ExpectTerminated(one);
    }

    [Fact]
    public void The_decider_should_see_the_exception()
    {
        var (_, one, two) = Family(new OneForOneStrategy(e => e is ArgumentException ? Directive.Resume : Directive.Stop));
        one.Tell(new ArgumentException());
        two.Tell(new InvalidOperationException());
        ExpectMsg("two stopped");
        one.Tell("count");
        ExpectMsg("one 1");
    }

    [Fact]
    public void The_stopping_strategy_should_stop_whoever_fails()
    {
        var (_, one, _) = Family(SupervisorStrategy.StoppingStrategy);
        Watch(one);
        one.Tell(new InvalidOperationException());
        ExpectMsg("one stopped");
        ExpectTerminated(one);
    }

    [Fact]
    public void A_strategy_in_the_props_should_go_before_the_actors_own()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(OneForOne(Directive.Stop), TestActor)).WithSupervisorStrategy(OneForOne(Directive.Resume)));
        parent.Tell("one");
        var one = ExpectMsg<IActorRef>();
        one.Tell(new InvalidOperationException());
        one.Tell("count");
        ExpectMsg("one 1");
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

    private sealed class FailsOnce(List<string> steps, IActorRef reportTo) : UntypedActor
    {
        protected override void PreStart()
        {
            steps.Add("PreStart");
            if (steps.Count == 1) throw new InvalidOperationException("first start");
            reportTo.Tell($"started at attempt {steps.Count}");
        }

        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Starter : ReceiveActor
    {
        public Starter(IActorRef reportTo)
        {
            Context.ActorOf(Props.Create(() => new FailsOnce(new List<string>(), reportTo)), "child");
            ReceiveAny(m => Context.Child("child").Forward(m));
        }

        protected override SupervisorStrategy SupervisorStrategy() => OneForOne(Directive.Restart);
    }

    [Fact]
    public void A_failed_start_that_is_restarted_should_start_afresh_and_keep_its_messages()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Starter(TestActor)));
        parent.Tell("hello");
        ExpectMsg("started at attempt 2");
        ExpectMsg("hello");
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
