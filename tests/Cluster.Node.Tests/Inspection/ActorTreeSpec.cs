using Akka.Actor;
using Akka.TestKit.Xunit2;
using ProverCluster.Node.Inspection;

namespace ProverCluster.Node.Tests.Inspection;

/// <summary>A tree with two branches of two leaves each, looked at from outside.</summary>
public sealed class ActorTreeSpec : TestKit
{
    private static readonly string[] Whole = ["/user/tree", "/user/tree/1", "/user/tree/1/1", "/user/tree/1/2", "/user/tree/2", "/user/tree/2/1", "/user/tree/2/2"];

    public ActorTreeSpec()
    {
        Sys.ActorOf(Props.Create(() => new Branch(2)), "tree");
        // As soon as the leaves are there.
        AwaitAssert(() => Assert.Equal(Whole.Length, ActorTree.Below(Sys, "/user/tree", 32, 1000).Actors.Count));
    }

    [Fact]
    public void Every_actor_should_come_before_its_children_and_they_in_the_order_of_their_names()
    {
        var (actors, isTruncated) = ActorTree.Below(Sys, "/user/tree", 32, 1000);
        Assert.Equal(Whole, Paths(actors));
        Assert.False(isTruncated);
        Assert.Equal([2, 2, 0, 0, 2, 0, 0], actors.Select(actor => actor.Children));
        Assert.All(actors, actor => Assert.Equal((typeof(Branch), 0, true), (actor.Kind, actor.Mailbox, actor.IsDescribed)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 7)]
    public void No_more_generations_should_be_seen_than_asked_for(int depth, int count)
    {
        var (actors, isTruncated) = ActorTree.Below(Sys, "/user/tree", depth, 1000);
        Assert.Equal((count, false), (actors.Count, isTruncated));
    }

    [Theory]
    [InlineData(1, "/user/tree")]
    [InlineData(3, "/user/tree /user/tree/1 /user/tree/2")]
    [InlineData(4, "/user/tree /user/tree/1 /user/tree/1/1 /user/tree/2")]
    public void Where_there_are_too_many_the_nearest_should_be_seen(int limit, string paths)
    {
        var (actors, isTruncated) = ActorTree.Below(Sys, "/user/tree", 32, limit);
        Assert.Equal(paths.Split(' '), Paths(actors));
        Assert.True(isTruncated);
    }

    [Fact]
    public void A_limit_that_is_just_met_should_cut_nothing() => Assert.False(ActorTree.Below(Sys, "/user/tree", 32, Whole.Length).IsTruncated);

    [Theory]
    [InlineData("/user/nobody")]
    [InlineData("/user/tree/3/1")]
    [InlineData("/user/tree/")]
    [InlineData("/temp")]
    [InlineData("user")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("akka://other@10.0.0.1:1/user/tree")]
    public void Where_nobody_lives_nobody_should_be_seen(string path) => Assert.Empty(ActorTree.Below(Sys, path, 32, 1000).Actors);

    [Fact]
    public void The_runtimes_own_actors_should_be_seen_too() => Assert.True(ActorTree.Below(Sys, "/system", 1, 1000).Actors.Count > 1);

    private static IEnumerable<string> Paths(IEnumerable<LivingActor> actors) => actors.Select(actor => actor.Actor.Path.ToStringWithoutAddress());

    private sealed class Branch : ReceiveActor, IDescribed
    {
        public Branch(int generations)
        {
            for (var number = 1; generations > 0 && number <= 2; number++)
                Context.ActorOf(Props.Create(() => new Branch(generations - 1)), $"{number}");
        }
    }
}
