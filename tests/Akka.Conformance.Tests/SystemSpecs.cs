namespace Akka.Conformance;

public sealed class SystemSpecs
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    private static readonly Config Quiet = ConfigurationFactory.ParseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF");

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class StopObserver(TaskCompletionSource<string> stopped) : ReceiveActor
    {
        protected override void PostStop() => stopped.TrySetResult(Self.Path.Name);
    }

    [Fact]
    public async Task A_system_should_have_terminated_only_when_its_actors_have()
    {
        var system = ActorSystem.Create("whole", Quiet);
        var stopped = new TaskCompletionSource<string>();
        system.ActorOf(Props.Create(() => new StopObserver(stopped)), "child");
        Assert.False(system.WhenTerminated.IsCompleted);

        await system.Terminate().WaitAsync(Long);

        Assert.True(system.WhenTerminated.IsCompleted);
        Assert.True(stopped.Task.IsCompleted);
        Assert.Equal("child", await stopped.Task);
    }

    [Fact]
    public async Task No_actor_should_be_made_in_a_system_that_has_ended()
    {
        var system = ActorSystem.Create("ended", Quiet);
        await system.Terminate().WaitAsync(Long);
        Assert.Throws<InvalidOperationException>(() => system.ActorOf<Echo>());
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("-a")]
    [InlineData("")]
    public void A_name_that_is_no_host_name_should_be_refused(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name, Quiet));

    [Fact]
    public async Task A_system_should_say_what_it_was_made_with()
    {
        var system = ActorSystem.Create("named", ConfigurationFactory.ParseString("my.key = 5").WithFallback(Quiet));
        Assert.Equal("named", system.Name);
        Assert.Equal("5", system.Settings.Config.GetString("my.key"));
        Assert.Equal("INFO", ActorSystemDefault("akka.loglevel"));
        var echo = system.ActorOf<Echo>("echo");
        Assert.Equal("akka://named/user/echo", echo.Path.ToString());
        Assert.Equal("echo", echo.Path.Name);
        Assert.Equal("/user/echo", echo.Path.ToStringWithoutAddress());
        Assert.StartsWith("[akka://named/user/echo#", echo.ToString());
        await system.Terminate().WaitAsync(Long);
    }

    private static string ActorSystemDefault(string path) => ConfigurationFactory.Default().GetString(path);

    [Fact]
    public void Props_should_want_a_constructor_call() =>
        Assert.ThrowsAny<SystemException>(() => Props.Create(() => Make()));

    private static Echo Make() => throw new NotSupportedException();

    private sealed class TwoArguments : ReceiveActor
    {
        public TwoArguments(int number, string text) => ReceiveAny(_ => Sender.Tell($"{text} {number}"));
    }

    [Fact]
    public async Task Props_should_take_arguments_that_have_to_be_worked_out()
    {
        var system = ActorSystem.Create("props", Quiet);
        var numbers = new[] { 1, 2, 3 };
        Assert.Equal("c 6", await system.ActorOf(Props.Create(() => new TwoArguments(numbers.Sum(), "c"))).Ask<string>("?", Long));
        await system.Terminate().WaitAsync(Long);
    }
}
