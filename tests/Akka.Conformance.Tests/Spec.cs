namespace Akka.Conformance;

/// <summary>
/// A spec with an actor system of its own. What it waits for has ten seconds to come, where three are the kit's: other projects' specs are run at the same time. A system
/// whose logger has not begun within Akka's own five seconds goes on without it, and filters of events would wait for theirs in vain.
/// </summary>
/// <param name="hocon">Settings of its own.</param>
public abstract class Spec(string hocon = "") : TestKit.Xunit2.TestKit($$"""
    {{hocon}}
    akka.logger-startup-timeout = 30s
    akka.test { filter-leeway = 10s, single-expect-default = 10s }
    """)
{
    protected void ExpectMsg<T>(T message) => Assert.Equal(message, ExpectMsg<T>());
    protected void ExpectNoMsg(int milliseconds) => ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>All of these and nothing between them, in any order.</summary>
    protected void ExpectMsgAllOf(params string[] messages) => Assert.Equal(messages.Order(), ReceiveN(messages.Length).Cast<string>().Order());
}

internal static class Actors
{
    public static IActorRef ActorOf<T>(this IActorRefFactory factory, string? name = null) where T : ActorBase, new() => factory.ActorOf(Props.Create(() => new T()), name);
}
