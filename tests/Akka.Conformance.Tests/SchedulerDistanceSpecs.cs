namespace Akka.Conformance;

public sealed class SchedulerDistanceSpecs : Spec
{
    /// <summary>Longer than a scheduler that sorts its jobs into 512 slots of 10 ms looks ahead, so near and far jobs share slots.</summary>
    private static readonly TimeSpan FarAway = TimeSpan.FromSeconds(60);

    [Fact]
    public void Jobs_of_far_away_should_not_disturb_the_near_ones()
    {
        var far = Enumerable.Range(0, 600)
            .Select(i => Sys.Scheduler.ScheduleTellOnceCancelable(FarAway + TimeSpan.FromMilliseconds(10 * i), TestActor, "far", ActorRefs.NoSender))
            .ToList();
        for (var i = 0; i < 10; i++)
        {
            Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(20), TestActor, i, ActorRefs.NoSender);
            ExpectMsg(i);
        }

        far.ForEach(job => job.Cancel());
        ExpectNoMsg(50);
    }
}
