using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>The base of a test class with an actor system of its own, which ends with the test.</summary>
public class TestKit : TestKitBase, IDisposable
{
    protected readonly ITestOutputHelper Output;

    public TestKit(ActorSystem system = null, ITestOutputHelper output = null) : base(system ?? Create(Config.Empty, null), null)
    {
        Output = output;
        LogToOutput();
    }

    public TestKit(Config config, string actorSystemName = null, ITestOutputHelper output = null) : base(Create(config, actorSystemName), null)
    {
        Output = output;
        LogToOutput();
    }

    public TestKit(string config, ITestOutputHelper output = null) : base(Create(ConfigurationFactory.ParseString(config), null), null)
    {
        Output = output;
        LogToOutput();
    }

    public new static Config DefaultConfig => TestKitBase.DefaultConfig;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void AfterAll() { }

    protected virtual void Dispose(bool disposing)
    {
        try
        {
            AfterAll();
        }
        finally
        {
            Shutdown();
        }
    }

    private static ActorSystem Create(Config config, string name) => ActorSystem.Create(name ?? "test", config.WithFallback(TestKitBase.DefaultConfig));

    private void LogToOutput()
    {
        if (Output is not null) Sys.EventStream.Subscribe(new OutputLog((ActorSystemImpl)Sys, Output), typeof(LogEvent));
    }

    private sealed class OutputLog(ActorSystemImpl system, ITestOutputHelper output) : EventSink(system, "log-test")
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
