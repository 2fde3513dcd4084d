namespace Akka.Conformance;

public sealed class LoggingSpecs : Spec
{
    public LoggingSpecs() : base("akka.loglevel = WARNING")
    {
    }

    private sealed class Logging : ReceiveActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        public Logging()
        {
            Receive<LogLevel>(level => Sender.Tell(_log.IsEnabled(level)));
            Receive<Exception>(e => _log.Log(LogLevel.ErrorLevel, e, "It broke"));
        }
    }

    [Fact]
    public void A_line_should_be_an_event_with_source_text_and_cause()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
        var cause = new InvalidOperationException();
        Sys.ActorOf<Logging>("logging").Tell(cause, ActorRefs.NoSender);
        var error = FishForMessage<Error>(_ => true);
        Assert.Same(cause, error.Cause);
        Assert.Equal("It broke", error.Message.ToString());
        Assert.StartsWith("akka://test/user/logging", error.LogSource);
        Assert.Equal(typeof(Logging), error.LogClass);
    }

    [Fact]
    public void A_level_below_the_configured_one_should_be_off()
    {
        var actor = Sys.ActorOf<Logging>();
        foreach (var level in new[] { LogLevel.DebugLevel, LogLevel.InfoLevel, LogLevel.WarningLevel, LogLevel.ErrorLevel }) actor.Tell(level);
        foreach (var isEnabled in new[] { false, false, true, true }) ExpectMsg(isEnabled);
    }
}
