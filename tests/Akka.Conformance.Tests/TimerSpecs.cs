namespace Akka.Conformance;

public sealed class TimerSpecs : Spec
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public TimerSpecs() : base("""
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.loglevel = OFF
        """)
    {
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(IActorRef reportTo)
        {
            Receive<Action<Timed>>(action =>
            {
                action(this);
                Sender.Tell("did it");
            });
            Receive<Exception>(e => throw e);
            Receive<string>(reportTo.Tell);
            Receive<int>(_ => reportTo.Tell(Sender.Path.Name == "deadLetters"));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    private IActorRef Start() => Sys.ActorOf(Props.Create(() => new Timed(TestActor)));

    private void Do(IActorRef actor, Action<Timed> action)
    {
        actor.Tell(action);
        ExpectMsg("did it");
    }

    /// <summary>Everything that was under way to the actor has arrived.</summary>
    private void Settle(IActorRef actor) => Do(actor, _ => { });

    private void ExpectNothingFrom(IActorRef actor) => Settle(actor);

    [Fact]
    public void A_single_timer_should_fire_once_when_its_time_has_come_and_be_gone_then()
    {
        var actor = Start();
        Do(actor, t => t.Timers.StartSingleTimer("key", "tick", Second));
        Clock.Advance(Second - TimeSpan.FromTicks(1));
        ExpectNothingFrom(actor);
        Clock.Advance(TimeSpan.FromTicks(1));
        ExpectMsg("tick");
        Do(actor, t => Assert.False(t.Timers.IsTimerActive("key")));
        Clock.Advance(Second * 5);
        ExpectNothingFrom(actor);
    }

    [Fact]
    public void A_periodic_timer_should_fire_at_each_period_and_stay_active()
    {
        var actor = Start();
        Do(actor, t => t.Timers.StartPeriodicTimer("key", "tick", Second));
        for (var i = 0; i < 3; i++)
        {
            Clock.Advance(Second);
            ExpectMsg("tick");
        }
        Do(actor, t => Assert.True(t.Timers.IsTimerActive("key")));
    }

    [Fact]
    public void A_periodic_timer_should_fire_once_however_far_the_clock_is_moved()
    {
        var actor = Start();
        Do(actor, t => t.Timers.StartPeriodicTimer("key", "tick", Second));
        Clock.Advance(Second * 10);
        ExpectMsg("tick");
        ExpectNothingFrom(actor);
    }

    [Fact]
    public void A_cancelled_timer_should_not_fire()
    {
        var actor = Start();
        Do(actor, t => t.Timers.StartSingleTimer("key", "tick", Second));
        Do(actor, t => t.Timers.Cancel("key"));
        Clock.Advance(Second);
        ExpectNothingFrom(actor);
    }

    [Fact]
    public void A_timer_under_a_key_in_use_should_replace_the_one_before()
    {
        var actor = Start();
        Do(actor, t => t.Timers.StartSingleTimer("key", "old", Second));
        Do(actor, t => t.Timers.StartSingleTimer("key", "new", Second * 2));
        Clock.Advance(Second);
        ExpectNothingFrom(actor);
        Clock.Advance(Second);
        ExpectMsg("new");
    }

    [Fact]
    public void A_tick_that_lies_in_the_mailbox_should_be_dropped_when_its_timer_is_cancelled()
    {
        var actor = Start();
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        Do(actor, t => t.Timers.StartSingleTimer("key", "tick", Second));
        actor.Tell((Action<Timed>)(t =>
        {
            inside.Set();
            goOn.Wait(TimeSpan.FromSeconds(10));
            t.Timers.Cancel("key");
        }));
        Assert.True(inside.Wait(TimeSpan.FromSeconds(10)));
        Clock.Advance(Second);
        goOn.Set();
        ExpectMsg("did it");
        ExpectNothingFrom(actor);
    }

    [Fact]
    public void A_restart_should_cancel_the_timers()
    {
        var actor = Start();
        Do(actor, t => t.Timers.StartPeriodicTimer("key", "tick", Second));
        actor.Tell(new InvalidOperationException());
        Settle(actor);
        Clock.Advance(Second);
        ExpectNothingFrom(actor);
    }

    [Fact]
    public void A_tick_should_have_no_sender()
    {
        var actor = Start();
        Do(actor, t => t.Timers.StartSingleTimer("key", 1, Second));
        Clock.Advance(Second);
        ExpectMsg(true);
    }

    private sealed class Early : ReceiveActor, IWithTimers
    {
        public Early(IActorRef reportTo)
        {
            Timers.StartSingleTimer("key", "early", Second);
            ReceiveAny(reportTo.Tell);
            reportTo.Tell("made");
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    [Fact]
    public void A_timer_should_be_there_in_the_constructor()
    {
        Sys.ActorOf(Props.Create(() => new Early(TestActor)));
        ExpectMsg("made");
        Clock.Advance(Second);
        ExpectMsg("early");
    }
}
