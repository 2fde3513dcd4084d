namespace Akka.Conformance;

public sealed class LoggingSpecs : Spec
{
    public LoggingSpecs() : base("akka.loglevel = DEBUG")
    {
    }

    private sealed class Logging : ReceiveActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        public Logging()
        {
            Receive<int>(n => _log.Warning("{0} of {1}", n, Self.Path.Name));
            Receive<Exception>(e => _log.Error(e, "It broke"));
            Receive<string>(text => _log.Info(text));
            Receive<LogLevel>(level => Sender.Tell(_log.IsEnabled(level)));
        }
    }

    [Fact]
    public void A_line_should_be_an_event_with_level_source_text_and_cause()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        var actor = Sys.ActorOf<Logging>("logging");
        actor.Tell(7, ActorRefs.NoSender);
        var warning = FishForMessage<Warning>(_ => true);
        Assert.Equal("7 of logging", warning.Message.ToString());
        Assert.StartsWith("akka://test/user/logging", warning.LogSource);
        Assert.Equal(typeof(Logging), warning.LogClass);
        Assert.Equal(LogLevel.WarningLevel, warning.LogLevel());

        var cause = new InvalidOperationException();
        actor.Tell(cause, ActorRefs.NoSender);
        var error = FishForMessage<Error>(_ => true);
        Assert.Same(cause, error.Cause);
        Assert.Equal("It broke", error.Message.ToString());
    }

    [Fact]
    public void A_line_without_arguments_should_be_taken_as_it_is()
    {
        var actor = Sys.ActorOf<Logging>();
        EventFilter.Info("a {brace} and {0}").ExpectOne(() => actor.Tell("a {brace} and {0}"));
    }

    [Fact]
    public void A_level_below_the_configured_one_should_be_off()
    {
        using var quiet = ActorSystem.Create("quiet", ConfigurationFactory.ParseString("akka.loglevel = WARNING").WithFallback(DefaultConfig));
        quiet.EventStream.Subscribe(TestActor, typeof(LogEvent));
        var actor = quiet.ActorOf<Logging>("quiet");
        foreach (var message in new object[] { LogLevel.InfoLevel, LogLevel.WarningLevel, "not this", 7 }) actor.Tell(message);
        ExpectMsg(false);
        ExpectMsg(true);
        Assert.Equal("7 of quiet", ExpectMsg<Warning>().Message.ToString());
    }

    [Fact]
    public void A_dead_letter_should_be_logged()
    {
        var actor = Watch(Sys.ActorOf<Logging>());
        Sys.Stop(actor);
        ExpectTerminated(actor);
        EventFilter.Info(contains: "was not delivered").ExpectOne(() => actor.Tell("too late"));
    }

    [Fact]
    public void An_unhandled_message_should_be_logged()
    {
        var actor = Sys.ActorOf<Logging>();
        EventFilter.Info(contains: "was unhandled").ExpectOne(() => actor.Tell('c'));
    }
}
