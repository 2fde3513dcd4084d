using System.Diagnostics;
using Akka.Actor;

namespace ProverCluster.Bench.Actors;

/// <summary>Messages a second through the actor runtime that this build stands on.</summary>
public static class ActorThroughput
{
    private const int Repetitions = 7;

    public static async Task<int> RunAsync(string[] args)
    {
        var scale = args.Length > 0 && int.TryParse(args[0], out var percent) ? percent / 100.0 : 1.0;
        var assembly = typeof(ActorSystem).Assembly.GetName();
        Console.WriteLine($"Actor runtime {assembly.Name} {assembly.Version}, {Environment.ProcessorCount} processors, median of {Repetitions}");
        Console.WriteLine($"{"",-42}{"messages/s",14}{"lowest",14}{"highest",14}");

        using var system = ActorSystem.Create("bench");
        await Row("one sender to one actor", () => OneActor(system, (int)(5_000_000 * scale)));
        await Row("ping-pong of two actors, 1 in flight", () => PingPong(system, 1, 1, (int)(1_000_000 * scale)));
        await Row("ping-pong of two actors, 100 in flight", () => PingPong(system, 1, 100, (int)(3_000_000 * scale)));
        await Row("8 pairs, 1 in flight each", () => PingPong(system, 8, 1, (int)(2_000_000 * scale)));
        await Row("8 pairs, 100 in flight each", () => PingPong(system, 8, 100, (int)(4_000_000 * scale)));
        await system.Terminate();
        return 0;
    }

    private static async Task Row(string name, Func<Task<double>> measure)
    {
        await measure();
        var rates = new List<double>();
        for (var i = 0; i < Repetitions; i++) rates.Add(await measure());
        rates.Sort();
        Console.WriteLine($"{name,-42}{rates[Repetitions / 2],14:N0}{rates[0],14:N0}{rates[^1],14:N0}");
    }

    private static async Task<double> OneActor(ActorSystem system, int messages)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var counter = system.ActorOf(Props.Create(() => new Counter(messages, done)));
        var message = new object();
        var clock = Stopwatch.StartNew();
        await Task.Run(() =>
        {
            for (var i = 0; i < messages; i++) counter.Tell(message, ActorRefs.NoSender);
        });
        await done.Task;
        var rate = messages / clock.Elapsed.TotalSeconds;
        system.Stop(counter);
        return rate;
    }

    /// <summary>Every message that either of the two gets is counted.</summary>
    private static async Task<double> PingPong(ActorSystem system, int pairs, int inFlight, int messages)
    {
        var each = messages / pairs;
        var done = Enumerable.Range(0, pairs).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        var pongs = done.Select(_ => system.ActorOf(Props.Create(() => new Pong()))).ToArray();
        var pings = done.Select((d, i) => system.ActorOf(Props.Create(() => new Ping(pongs[i], each / 2, inFlight, d)))).ToArray();
        var clock = Stopwatch.StartNew();
        foreach (var ping in pings) ping.Tell(Start.Instance, ActorRefs.NoSender);
        await Task.WhenAll(done.Select(d => d.Task));
        var rate = (double)each / 2 * 2 * pairs / clock.Elapsed.TotalSeconds;
        foreach (var actor in pings.Concat(pongs)) system.Stop(actor);
        return rate;
    }

    private sealed class Start
    {
        public static readonly Start Instance = new();
    }

    private sealed class Ball
    {
        public static readonly Ball Instance = new();
    }

    private sealed class Counter : ReceiveActor
    {
        public Counter(int expected, TaskCompletionSource done)
        {
            var left = expected;
            ReceiveAny(_ =>
            {
                if (--left == 0) done.SetResult();
            });
        }
    }

    private sealed class Pong : ReceiveActor
    {
        public Pong() => Receive<Ball>(ball => Sender.Tell(ball, Self));
    }

    private sealed class Ping : ReceiveActor
    {
        public Ping(IActorRef pong, int rounds, int inFlight, TaskCompletionSource done)
        {
            var toSend = rounds - inFlight;
            var toReceive = rounds;
            Receive<Start>(_ =>
            {
                for (var i = 0; i < inFlight; i++) pong.Tell(Ball.Instance, Self);
            });
            Receive<Ball>(ball =>
            {
                if (--toReceive == 0) done.SetResult();
                else if (toSend-- > 0) pong.Tell(ball, Self);
            });
        }
    }
}
