using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>The base of a test class with an actor system of its own, which ends with the test.</summary>
public class TestKit : TestKitBase, IDisposable
{
    public TestKit(ActorSystem system = null, ITestOutputHelper output = null) : base(system ?? Create(Config.Empty), null) => LogTo(output);
    public TestKit(string config, ITestOutputHelper output = null) : base(Create(config), null) => LogTo(output);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Shutdown();
    private static ActorSystem Create(Config config) => ActorSystem.Create("test", config.WithFallback(DefaultConfig));

    private void LogTo(ITestOutputHelper output)
    {
        if (output is not null) Sys.EventStream.Subscribe(new OutputLog(Sys, output), typeof(LogEvent));
    }

    private sealed class OutputLog(ActorSystem system, ITestOutputHelper output) : EventSink(system, "log-test")
    {
        protected override void Handle(object message)
        {
            try
            {
                output.WriteLine(message.ToString());
            }
            catch (InvalidOperationException)
            {
                // The test is over and its output is closed, while its system still comes down.
            }
        }
    }
}
