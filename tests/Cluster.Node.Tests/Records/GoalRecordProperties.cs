using FsCheck;
using FsCheck.Fluent;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Verdicts;
using ProverCluster.Node.Records;

namespace ProverCluster.Node.Tests.Records;

/// <summary>No order of submissions, interests and events breaks a record.</summary>
public sealed class GoalRecordProperties
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(60);

    private static readonly object[] All =
    [
        new RecordHappening.Joined(Story.Alice), new RecordHappening.Joined(Story.Waiter), new RecordHappening.Joined(new Interest.Waiting("other")),
        new RecordHappening.Left(Story.Waiter), new RecordHappening.Left(new Interest.Waiting("other")), new RecordHappening.GivenUp(Story.ByAlice),
        new RecordHappening.NobodyCame(), new RecordHappening.RaceLost("lost", TimeSpan.Zero), Story.Accepted, Story.Started, Story.Decided, Story.Ended,
        Story.EndOf("cvc5"), Story.Settled(), Story.Settled(Verdict.Withdrawn), new RecordHappening.Kept(Story.Settled().Answer),
        new RecordHappening.Kept(Story.Settled(Verdict.Withdrawn).Answer), new RecordHappening.Adopted(Story.Of(Story.Alice, Story.Accepted, Story.Settled()).Written("", TimeSpan.Zero)),
    ];

    [Fact]
    public void A_story_should_have_one_end_and_nothing_after_it() => Check((_, _, after) =>
    {
        Assert.True(after.Record.Events.Count(told => told is GoalEvents.Settled) <= 1);
        Assert.True(after.Record.Events.Take(after.Record.Events.Length - 1).All(told => told is not GoalEvents.Settled));
        Assert.True(after.Record.Events.Length <= 2 * 3 + 3);
    });

    [Fact]
    public void What_was_told_should_stay_told_until_the_race_begins_anew() => Check((before, _, after) =>
    {
        if (!after.Effects.Any(effect => effect is RecordEffect.Race) && after.Record.IsSettled == before.IsSettled)
            Assert.Equal(before.Events.AsEnumerable(), after.Record.Events.Take(before.Events.Length));
    });

    [Fact]
    public void A_race_without_any_interest_should_have_been_asked_to_end() => Check((before, _, after) =>
    {
        if (after.Record.Interests.IsEmpty && !before.Interests.IsEmpty && !after.Record.IsSettled && after.Record.Ending is null)
            Assert.True(after.Record.IsWithdrawn);
        Assert.True(after.Effects.Count(effect => effect is RecordEffect.Withdraw) <= 1);
    });

    [Fact]
    public void An_answer_should_not_be_told_before_it_was_kept() => Check((before, happening, after) =>
    {
        if (!before.IsSettled && after.Record.IsSettled)
            Assert.True(happening is RecordHappening.Kept or RecordHappening.Adopted);
        Assert.False(after.Record.IsSettled && after.Record.Ending is not null);
    });

    [Fact]
    public void A_decided_answer_should_never_change() => Check((before, _, after) =>
    {
        if (before.Answer is { Verdict: not Verdict.Withdrawn } answer)
            Assert.Same(answer, after.Record.Answer);
    });

    [Fact]
    public void A_record_should_be_the_same_however_often_it_moves() => Check((_, _, after) =>
    {
        var again = GoalRecord.Restore(after.Record.Written("", TimeSpan.Zero)).Record;
        Assert.Equal(after.Record.Events.AsEnumerable(), again.Events);
        Assert.Equal(after.Record.IsWithdrawn, again.IsWithdrawn);
        Assert.Equal(after.Record.Interests.OfType<Interest.Standing>(), again.Interests.OfType<Interest.Standing>());
    });

    private static void Check(Action<GoalRecord, RecordHappening, RecordStep> property)
    {
        var moves = Gen.ListOf(Gen.Elements(All)).ToArbitrary();
        Prop.ForAll(moves, happenings =>
        {
            var record = Story.Of(Story.Waiter);
            foreach (var happening in happenings.Select(Story.Happening))
            {
                var step = record.On(happening);
                property(record, happening, step);
                record = step.Record;
            }
        }).Check(Quietly);
    }
}
