using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using ProverCluster.Bench.Measuring;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Bench.Actors;

/// <summary>Messages a second through the actor runtime that this build stands on.</summary>
internal static class ActorThroughput
{
    private const int Repetitions = 7;

    public static async Task<int> RunAsync(BenchOptions options)
    {
        var scale = options.Take("--scale", 100, new CountRange(1, 1000)) / 100.0;
        var json = options.Take("--json");
        options.RefuseUnknown();

        var machine = Machine.Now();
        using var system = ActorSystem.Create("bench");
        Rates[] figures =
        [
            await Rate("one sender to one actor", () => OneActor(system, (int)(5_000_000 * scale))),
            await Rate("ping-pong of two actors, 1 in flight", () => PingPong(system, 1, 1, (int)(1_000_000 * scale))),
            await Rate("ping-pong of two actors, 100 in flight", () => PingPong(system, 1, 100, (int)(3_000_000 * scale))),
            await Rate("8 pairs, 1 in flight each", () => PingPong(system, 8, 1, (int)(2_000_000 * scale))),
            await Rate("8 pairs, 100 in flight each", () => PingPong(system, 8, 100, (int)(4_000_000 * scale))),
        ];
        await system.Terminate();

        machine = machine.AtTheEnd();
        Console.WriteLine($"{machine}. Messages a second, the median of {Repetitions} measurements.\n");
        var table = new BenchTable("", "messages/s", "lowest", "highest");
        foreach (var each in figures) table.Add(each.What, Whole(each.Median), Whole(each.Lowest), Whole(each.Highest));
        table.Print();
        JsonFigures.Write(new { bench = "actors", machine, figures }, json);
        return 0;
    }

    private static string Whole(double rate) => rate.ToString("N0", CultureInfo.InvariantCulture);

    private static async Task<Rates> Rate(string what, Func<Task<double>> measure)
    {
        await measure();
        var rates = new List<double>();
        for (var i = 0; i < Repetitions; i++) rates.Add(Math.Round(await measure()));
        rates.Sort();
        return new Rates(what, rates[Repetitions / 2], rates[0], rates[^1]);
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

    private sealed record Rates(string What, double Median, double Lowest, double Highest);

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
