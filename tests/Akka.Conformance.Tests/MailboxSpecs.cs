namespace Akka.Conformance;

public sealed class MailboxSpecs : Spec
{
    private sealed record Numbered(int Sender, int Number);

    private sealed class Collector : ReceiveActor
    {
        private readonly List<Numbered> _seen = [];
        private int _inside;

        public Collector(int expected, IActorRef reportTo)
        {
            Receive<Numbered>(numbered =>
            {
                if (Interlocked.Increment(ref _inside) != 1) reportTo.Tell("two threads inside");
                _seen.Add(numbered);
                if (_seen.Count == expected) reportTo.Tell(_seen);
                Interlocked.Decrement(ref _inside);
            });
        }
    }

    [Fact]
    public async Task Messages_of_one_sender_should_arrive_in_order_one_at_a_time_and_none_be_lost()
    {
        const int senders = 8, each = 20_000;
        var collector = Sys.ActorOf(Props.Create(() => new Collector(senders * each, TestActor)));

        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < each; i++) collector.Tell(new Numbered(sender, i));
        })));

        var seen = ExpectMsg<List<Numbered>>(TimeSpan.FromSeconds(20));
        foreach (var ofOne in seen.GroupBy(n => n.Sender)) Assert.Equal(Enumerable.Range(0, each), ofOne.Select(n => n.Number));
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    [Fact]
    public void No_message_should_be_lost_when_an_actor_falls_idle_again_and_again()
    {
        var echo = Sys.ActorOf<Echo>();
        for (var i = 0; i < 20_000; i++)
        {
            echo.Tell(i, TestActor);
            ExpectMsg(i);
        }
    }

    private sealed class Blocking : ReceiveActor
    {
        public Blocking(ManualResetEventSlim started, ManualResetEventSlim goOn, IActorRef reportTo)
        {
            Receive<string>(text =>
            {
                if (text.EndsWith("block"))
                {
                    if (text.StartsWith("stop")) Context.Stop(Self);
                    started.Set();
                    goOn.Wait(TimeSpan.FromSeconds(10));
                }
                else
                {
                    reportTo.Tell(text);
                }
            });
        }
    }

    [Fact]
    public void A_stop_should_overtake_messages_in_the_mailbox()
    {
        using var started = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var actor = Watch(Sys.ActorOf(Props.Create(() => new Blocking(started, goOn, TestActor))));
        actor.Tell("stop and block");
        Assert.True(started.Wait(TimeSpan.FromSeconds(10)));
        actor.Tell("one", TestActor);
        actor.Tell("two", TestActor);
        goOn.Set();

        ExpectTerminated(actor);
        ExpectNoMsg(100);
    }

    [Fact]
    public void A_poison_pill_should_wait_its_turn()
    {
        using var started = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var actor = Watch(Sys.ActorOf(Props.Create(() => new Blocking(started, goOn, TestActor))));
        actor.Tell("block");
        actor.Tell("before");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("after");
        goOn.Set();

        ExpectMsg("before");
        ExpectTerminated(actor);
    }
}
