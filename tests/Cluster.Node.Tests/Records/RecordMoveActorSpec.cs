using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using ProverCluster.Messages.Nodes;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Inspection;
using ProverCluster.Node.Records;
using ProverCluster.Node.Texts;

namespace ProverCluster.Node.Tests.Records;

/// <summary>A record is told where it goes on until somebody says that it does. Time is virtual.</summary>
public sealed class RecordMoveActorSpec : TestKit
{
    private readonly ManualClock _clock = new();
    private readonly RecordMoves _moves = new();
    private readonly TestProbe _records;
    private readonly TestProbe _other;
    private readonly IActorRef _mover;

    public RecordMoveActorSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
        (_records, _other) = (CreateTestProbe(), CreateTestProbe());
        var (rest, settings) = (CreateTestProbe(), new RecordSettings(2, 1000, TimeSpan.FromHours(1), 2));
        var tools = new RecordTools(
            () => _records, props => Sys.ActorOf(props), rest, rest, "here", rest, new TextStore(), new ScriptedStore(), new OutputShelf(_clock), rest, settings, new OpenRecords(2, 1000), _clock)
        {
            OtherIndexes = () => [_other],
            Moves = _moves,
        };
        _mover = Watch(Sys.ActorOf(RecordMoveActor.Props(tools, Story.Of(Story.Alice).Written("there", TimeSpan.FromSeconds(5)), _moves.Begin())));
        _mover.Tell(Describe.Instance);
        Assert.Equal("moving", ExpectMsg<ActorWords>().State);
    }

    [Fact]
    public void It_should_be_told_again_also_over_another_node_as_old_as_it_is()
    {
        Assert.Equal(6, AgeWhenTold(after: 1));
        Assert.Equal(8, AgeWhenTold(after: 2));
        Assert.Equal(12, AgeWhenTold(after: 4));
        Assert.False(_moves.NoneMovingAsync().IsCompleted);
    }

    [Fact]
    public async Task It_should_be_told_no_more_when_somebody_has_taken_it()
    {
        var taken = _moves.NoneMovingAsync();
        AgeWhenTold(after: 1);
        _other.Reply(new RecordEvents.AtWork(Story.Goal.Id));
        ExpectTerminated(_mover);
        await taken;
    }

    [Fact]
    public async Task It_should_be_given_up_if_nobody_ever_takes_it()
    {
        for (var times = 0; times < RecordMoveActor.MostTimes; times++)
            AgeWhenTold(after: 1 << times);
        Pass(1 << RecordMoveActor.MostTimes);
        ExpectTerminated(_mover);
        await _moves.NoneMovingAsync();
    }

    private double AgeWhenTold(int after)
    {
        Pass(after);
        var adopt = _records.ExpectMsg<RecordCommands.Adopt>();
        Assert.Equal(adopt, _other.ExpectMsg<RecordCommands.Adopt>());
        Assert.Equal((_mover, _mover), (_records.LastSender, _other.LastSender));
        // It has begun to wait again.
        _mover.Tell(Describe.Instance);
        ExpectMsg<ActorWords>();
        return adopt.Record.Age.TotalSeconds;
    }

    private void Pass(int seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        ((TestScheduler)Sys.Scheduler).Advance(TimeSpan.FromSeconds(seconds));
    }
}
