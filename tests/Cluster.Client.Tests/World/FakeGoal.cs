using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Json;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Tests.World;

/// <summary>A goal that the fake cluster knows: what was asked, and what the test has it tell.</summary>
internal sealed class FakeGoal(GoalId id, string name, string text, string query)
{
    private readonly Lock _lock = new();
    private readonly List<(string Name, string Data)> _events = [];
    private readonly List<ChannelWriter<bool>> _listeners = [];

    public GoalId Id => id;

    public string Text => text;

    public string Query => query;

    /// <summary>What has to be the same for it to be the same goal.</summary>
    public string Options => string.Join('&', query.Split('&').Where(option => option.Split('=')[0] is not ("age" or "interest")));

    public GoalView View { get; private set; } = new(id, GoalState.Open, false, name, null, null, null, null, null, null, [], null);

    public string ViewJson => GoalJson.Line(json => GoalJson.Write(json, View, GoalLanguage.SmtLib2, showOutput: true));

    public RunId Run(string backend) => new(id, 1, BackendName.Parse(backend), 1);

    public void Tell(IGoalEvent what) =>
        TellRaw(GoalEventJson.Name(what)!, GoalJson.Line(json => GoalEventJson.Write(json, what, GoalLanguage.SmtLib2, showOutput: true, isCached: false)));

    public void TellRaw(string name, string data)
    {
        lock (_lock)
        {
            _events.Add((name, data));
            _listeners.ForEach(listener => listener.TryWrite(true));
        }
    }

    /// <summary>The beginning of every race here: z3 is planned and started.</summary>
    public void Begin()
    {
        Tell(new GoalEvents.Accepted(id, 1, [BackendName.Parse("z3")]));
        Tell(new GoalEvents.RunStarted(id, Run("z3"), "here:1", TimeSpan.FromMilliseconds(1)));
    }

    public void Settle(Verdict verdict)
    {
        lock (_lock)
        {
            if (View.State == GoalState.Settled) return;
            var isDecisive = verdict.IsDecisive();
            var outcome = isDecisive ? RunOutcome.Won : RunOutcome.Withdrawn;
            var row = new RunRow(
                Run("z3"), "4.8.12", "here:1", outcome, 0, SzsStatus.Unknown, null, new RunRowTimes(null, null, null, null, null, null, null), RunUsage.None, null);
            View = View with
            {
                State = GoalState.Settled,
                Verdict = verdict,
                Szs = isDecisive ? SzsStatus.Unsatisfiable : null,
                Winner = isDecisive ? row.Run : null,
                Decided = isDecisive ? TimeSpan.FromMilliseconds(2) : null,
                Settled = TimeSpan.FromMilliseconds(3),
                Reason = isDecisive ? null : "it was withdrawn",
                Runs = [row],
            };
            Tell(new GoalEvents.RunEnded(id, row));
            Tell(new GoalEvents.Settled(id, View.Answer!));
        }
    }

    /// <summary>From the event after that one, as they come; ends after the last.</summary>
    public async IAsyncEnumerable<(int Id, string Name, string Data)> EventsAsync(int after, [EnumeratorCancellation] CancellationToken aborted)
    {
        var signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        lock (_lock) _listeners.Add(signal.Writer);
        for (var next = after; ; next++)
        {
            (string Name, string Data)? what;
            while (true)
            {
                lock (_lock) what = next < _events.Count ? _events[next] : null;
                if (what is not null) break;
                await signal.Reader.ReadAsync(aborted);
            }

            yield return (next + 1, what.Value.Name, what.Value.Data);
            if (what.Value.Name == GoalEventJson.Settled) yield break;
        }
    }
}
