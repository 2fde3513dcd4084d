using System.Collections.Concurrent;
using Akka.Event;

namespace ProverCluster.Api;

/// <summary>What a node's log says from now on.</summary>
internal sealed class Heard
{
    private readonly ConcurrentQueue<string> _lines = new();

    public Heard(ApiNode node)
    {
        var system = node.Node.System;
        var ear = system.ActorOf(Props.Create(() => new Ear(_lines)));
        foreach (var level in new[] { typeof(Warning), typeof(Error) })
            system.EventStream.Subscribe(ear, level);
    }

    public IReadOnlyList<string> Lines => [.. _lines];

    public IReadOnlyList<string> With(string words) => [.. _lines.Where(line => line.Contains(words, StringComparison.Ordinal))];

    private sealed class Ear : ReceiveActor
    {
        public Ear(ConcurrentQueue<string> lines) => Receive<LogEvent>(told => lines.Enqueue($"{told.Message}"));
    }
}
