using System.Collections.Concurrent;
using Akka.Event;

namespace ProverCluster.Api;

/// <summary>What a node's log says from now on.</summary>
internal sealed class Heard
{
    private readonly ConcurrentQueue<object> _told = new();

    public Heard(ApiNode node)
    {
        var system = node.Node.System;
        var ear = system.ActorOf(Props.Create(() => new Ear(_told)));
        foreach (var level in new[] { typeof(Warning), typeof(Error) })
            system.EventStream.Subscribe(ear, level);
    }

    /// <summary>As it was told, with what it has beside its words.</summary>
    public IReadOnlyList<object> Told => [.. _told];

    public IReadOnlyList<string> Lines => [.. _told.Select(told => $"{told}")];

    public IReadOnlyList<string> With(string words) => [.. Lines.Where(line => line.Contains(words, StringComparison.Ordinal))];

    private sealed class Ear : ReceiveActor
    {
        public Ear(ConcurrentQueue<object> lines) => Receive<LogEvent>(told => lines.Enqueue(told.Message));
    }
}
