namespace Akka.Conformance;

public sealed class DeathWatchSpecs : Spec
{
    private sealed class Victim : ReceiveActor
    {
        public Victim() => Receive<string>(_ => Sender.Tell("alive"));
    }

    private sealed record Lost(string Name);

    /// <summary>A bare <see cref="Terminated"/> of someone it does not watch would be kept from the test's actor.</summary>
    private sealed record Heard(Terminated Terminated);

    private sealed record WatchIt(IActorRef Subject);

    private sealed record UnwatchIt(IActorRef Subject);

    private sealed record WatchItWith(IActorRef Subject, object Message);

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef reportTo)
        {
            Receive<WatchIt>(w => Context.Watch(w.Subject));
            Receive<UnwatchIt>(w => Context.Unwatch(w.Subject));
            Receive<WatchItWith>(w => Context.WatchWith(w.Subject, w.Message));
            Receive<Lost>(reportTo.Tell);
            Receive<string>(_ => Sender.Tell("ready"));
            Receive<Terminated>(t => reportTo.Tell(new Heard(t)));
        }
    }

    private IActorRef NewWatcher() => Sys.ActorOf(Props.Create(() => new Watcher(TestActor)));

    private void Settle(IActorRef actor)
    {
        actor.Tell("?");
        ExpectMsg("ready");
    }

    [Fact]
    public void A_watcher_should_hear_once_of_a_death_however_often_it_watched()
    {
        var (victim, watcher) = (Sys.ActorOf<Victim>(), NewWatcher());
        watcher.Tell(new WatchIt(victim));
        watcher.Tell(new WatchIt(victim));
        Settle(watcher);
        Sys.Stop(victim);

        var terminated = ExpectMsg<Heard>().Terminated;
        Assert.Equal(victim, terminated.ActorRef);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
        ExpectNoMsg(100);
    }

    [Fact]
    public void Terminated_should_come_after_everything_that_the_dead_one_had_sent()
    {
        var victim = Watch(Sys.ActorOf<Victim>());
        for (var i = 0; i < 100; i++) victim.Tell("?");
        victim.Tell(PoisonPill.Instance);

        Assert.All(ReceiveN(100), m => Assert.Equal("alive", m));
        ExpectTerminated(victim);
    }

    [Fact]
    public void Watching_the_dead_should_say_at_once_that_nothing_was_there()
    {
        var victim = Watch(Sys.ActorOf<Victim>());
        Sys.Stop(victim);
        ExpectTerminated(victim);
        var watcher = NewWatcher();
        watcher.Tell(new WatchIt(victim));

        var terminated = ExpectMsg<Heard>().Terminated;
        Assert.Equal(victim, terminated.ActorRef);
        Assert.False(terminated.ExistenceConfirmed);
    }

    [Fact]
    public void Unwatch_should_keep_the_news_away()
    {
        var (victim, watcher) = (Sys.ActorOf<Victim>(), NewWatcher());
        watcher.Tell(new WatchIt(victim));
        watcher.Tell(new UnwatchIt(victim));
        Settle(watcher);
        Watch(victim);
        Sys.Stop(victim);
        ExpectTerminated(victim);
        Settle(watcher);
        ExpectNoMsg(100);
    }

    [Fact]
    public void WatchWith_should_bring_the_message_asked_for_instead()
    {
        var (victim, watcher) = (Sys.ActorOf<Victim>(), NewWatcher());
        watcher.Tell(new WatchItWith(victim, new Lost("victim")));
        Settle(watcher);
        Sys.Stop(victim);
        ExpectMsg(new Lost("victim"));
        ExpectNoMsg(100);
    }

    [Fact]
    public void The_first_of_two_messages_to_watch_with_should_stay()
    {
        var (victim, watcher) = (Sys.ActorOf<Victim>(), NewWatcher());
        watcher.Tell(new WatchItWith(victim, new Lost("first")));
        watcher.Tell(new WatchItWith(victim, new Lost("second")));
        Settle(watcher);
        Sys.Stop(victim);
        ExpectMsg(new Lost("first"));
        ExpectNoMsg(100);
    }

    private sealed class Careless : ReceiveActor
    {
        public Careless(IActorRef other)
        {
            Context.Watch(other);
            Receive<string>(_ => Sender.Tell("ready"));
        }
    }

    [Fact]
    public void Who_does_not_handle_Terminated_should_fail_of_a_death_pact()
    {
        var victim = Sys.ActorOf<Victim>();
        var careless = Watch(Sys.ActorOf(Props.Create(() => new Careless(victim))));
        Settle(careless);
        EventFilter.Error(start: "Monitored actor").ExpectOne(() =>
        {
            Sys.Stop(victim);
            ExpectTerminated(careless);
        });
    }

    [Fact]
    public void A_parent_should_hear_of_its_watched_child_and_have_the_name_free_by_then()
    {
        var parent = Sys.ActorOf(Props.Create(() => new RenamingParent(TestActor)));
        parent.Tell("stop it");
        ExpectMsg("made again");
    }

    private sealed class RenamingParent : ReceiveActor
    {
        public RenamingParent(IActorRef reportTo)
        {
            Context.Watch(Context.ActorOf<Victim>("child"));
            Receive<string>(_ => Context.Stop(Context.Child("child")));
            Receive<Terminated>(_ =>
            {
                Context.ActorOf<Victim>("child");
                reportTo.Tell("made again");
            });
        }
    }

    [Fact]
    public void Nobody_should_be_nobody()
    {
        Assert.True(ActorRefs.Nobody.IsNobody());
        Assert.False(TestActor.IsNobody());
        ActorRefs.Nobody.Tell("into the void");
        Assert.Null(ActorRefs.NoSender);
    }
}
