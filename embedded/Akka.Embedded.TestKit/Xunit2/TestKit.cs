namespace Akka.TestKit.Xunit2;

/// <summary>The base of a test class with an actor system of its own, which ends with the test.</summary>
public class TestKit : TestKitBase, IDisposable
{
    public TestKit(ActorSystem system = null) : base(system ?? Create(Config.Empty), null) { }
    public TestKit(string config) : base(Create(config), null) { }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!Sys.Terminate().Wait(TimeSpan.FromSeconds(10))) Sys.Log.Log(LogLevel.WarningLevel, null, $"{Sys} did not stop in time.");
        ActorCell.Outside = null;
    }

    private static ActorSystem Create(Config config) => ActorSystem.Create("test", config.WithFallback(DefaultConfig));
}
