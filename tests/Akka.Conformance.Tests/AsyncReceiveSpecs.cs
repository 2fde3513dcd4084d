namespace Akka.Conformance;

public sealed class AsyncReceiveSpecs : Spec
{
    private sealed class Awaiting : ReceiveActor
    {
        private int _state;

        public Awaiting(Task gate, IActorRef reportTo)
        {
            ReceiveAsync<string>(async text =>
            {
                reportTo.Tell($"begin {text}");
                await gate;
                _state++;
                reportTo.Tell($"end {text} {_state} {Self.Path.Name}");
                Sender.Tell("answer");
            });
            ReceiveAsync<int>(async n =>
            {
                await gate;
                throw new InvalidOperationException($"failed {n}");
            });
            Receive<char>(c => reportTo.Tell($"char {c}"));
        }

        protected override void PreRestart(Exception reason, object message)
        {
            Sender.Tell(reason.Message);
            base.PreRestart(reason, message);
        }

        protected override void PostStop() => Sender.Tell("stopped");
    }

    [Fact]
    public async Task No_other_message_should_be_handled_before_an_asynchronous_handler_has_ended()
    {
        var gate = new TaskCompletionSource();
        var report = CreateTestProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(gate.Task, report.Ref)), "awaiting");
        actor.Tell("one", TestActor);
        actor.Tell('x', TestActor);
        actor.Tell("two", TestActor);

        report.ExpectMsg("begin one");
        report.ExpectNoMsg(100);
        gate.SetResult();
        report.ExpectMsg("end one 1 awaiting");
        report.ExpectMsg("char x");
        report.ExpectMsg("begin two");
        report.ExpectMsg("end two 2 awaiting");
        await ExpectMsgAsync("answer");
        await ExpectMsgAsync("answer");
    }

    [Fact]
    public void A_failing_asynchronous_handler_should_restart_the_actor_which_then_goes_on()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(gate.Task, TestActor)));
        actor.Tell(5, TestActor);
        actor.Tell('x', TestActor);
        EventFilter.Exception<InvalidOperationException>("failed 5").ExpectOne(() =>
        {
            gate.SetResult();
            ExpectMsg("failed 5");
            ExpectMsg("stopped");
            ExpectMsg("char x");
        });
    }

    [Fact]
    public void A_stop_should_not_wait_for_an_asynchronous_handler()
    {
        var never = new TaskCompletionSource();
        var actor = Watch(Sys.ActorOf(Props.Create(() => new Awaiting(never.Task, TestActor))));
        actor.Tell("one", TestActor);
        ExpectMsg("begin one");
        Sys.Stop(actor);
        ExpectMsg("stopped");
        ExpectTerminated(actor);
    }

    private sealed class Outside : ReceiveActor
    {
        public Outside() => ReceiveAny(_ =>
        {
            var sender = Sender;
            new Thread(() => sender.Tell(Record.Exception(() => Self), ActorRefs.NoSender)).Start();
        });
    }

    [Fact]
    public void The_context_should_be_refused_outside_the_actors_turn()
    {
        Sys.ActorOf<Outside>().Tell("?");
        ExpectMsg<NotSupportedException>();
    }

    private sealed class Completed : ReceiveActor
    {
        public Completed() => ReceiveAnyAsync(message =>
        {
            Sender.Tell(message);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void A_handler_that_never_really_waits_should_be_as_a_synchronous_one()
    {
        var actor = Sys.ActorOf<Completed>();
        for (var i = 0; i < 100; i++) actor.Tell(i);
        Assert.Equal(Enumerable.Range(0, 100), ReceiveN(100).Cast<int>());
    }
}
