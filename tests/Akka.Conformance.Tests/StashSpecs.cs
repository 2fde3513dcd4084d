namespace Akka.Conformance;

public sealed class StashSpecs : Spec
{
    private sealed class Gate : ReceiveActor, IWithUnboundedStash
    {
        public Gate(IActorRef reportTo)
        {
            Closed();

            void Closed()
            {
                Receive<string>(text => text == "open", _ =>
                {
                    Become(Open);
                    Stash.UnstashAll();
                });
                Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("told to"));
                ReceiveAny(_ => Stash.Stash());
            }

            void Open() => ReceiveAny(message =>
            {
                reportTo.Tell(message);
                reportTo.Tell(Sender);
            });
        }

        public IStash Stash { get; set; } = null!;
    }

    private IActorRef Start() => Sys.ActorOf(Props.Create(() => new Gate(TestActor)));

    [Fact]
    public void Stashed_messages_should_come_back_in_order_with_their_senders_before_what_lies_in_the_mailbox()
    {
        var (gate, probe) = (Start(), CreateTestProbe());
        gate.Tell(1, TestActor);
        gate.Tell(2, probe.Ref);
        gate.Tell("open", TestActor);
        gate.Tell(3, probe.Ref);

        foreach (var (message, sender) in new[] { (1, TestActor), (2, probe.Ref), (3, probe.Ref) })
        {
            ExpectMsg(message);
            Assert.Equal(sender, ExpectMsg<IActorRef>());
        }
    }

    [Fact]
    public void A_restart_should_give_stashed_messages_to_the_next_instance()
    {
        var gate = Start();
        gate.Tell(1);
        EventFilter.Error("told to").ExpectOne(() => gate.Tell("fail"));
        gate.Tell("open");
        ExpectMsg(1);
    }
}
