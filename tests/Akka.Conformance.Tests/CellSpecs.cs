namespace Akka.Conformance;

/// <summary>What may be seen of an actor from outside, by any thread, while it works.</summary>
public sealed class CellSpecs : Spec
{
    private sealed class Parent : ReceiveActor
    {
        public Parent(int children)
        {
            for (var number = 1; number <= children; number++) Context.ActorOf(Props.Create(() => new Parent(0)), $"child-{number}");
            Receive<string>(name => Context.Stop(Context.Child(name)));
            Receive<int>(number => Sender.Tell(number));
        }
    }

    private sealed class Busy : ReceiveActor
    {
        public Busy(ManualResetEventSlim begun, ManualResetEventSlim goOn) => Receive<int>(_ =>
        {
            begun.Set();
            goOn.Wait();
        });
    }

    [Fact]
    public void An_actor_that_lives_should_answer_for_itself_when_it_is_asked_who_it_is()
    {
        var (living, dead) = (Sys.ActorOf(Props.Create(() => new Parent(0))), Watch(Sys.ActorOf(Props.Create(() => new Parent(0)))));
        Sys.Stop(dead);
        ExpectTerminated(dead);
        dead.Tell(new Identify("dead"));
        living.Tell(new Identify("living"));

        var identity = FishForMessage<ActorIdentity>(told => told.Subject is not null);
        Assert.Equal(("living", living, living), (identity.MessageId, identity.Subject, LastSender));
        ExpectNoMsg(100);
    }

    [Fact]
    public void An_actor_should_show_its_class_and_its_living_children()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(3)), "parent");
        parent.Tell(1);
        ExpectMsg(1);
        var seen = Assert.IsAssignableFrom<ActorRefWithCell>(parent);
        Assert.Equal(typeof(Parent), seen.Underlying.Props.Type);
        Assert.Equal(["child-1", "child-2", "child-3"], seen.Children.Select(child => child.Path.Name).Order());
        Assert.All(seen.Children, child => Assert.Empty(Assert.IsAssignableFrom<ActorRefWithCell>(child).Children));

        Watch(seen.Children.Single(child => child.Path.Name == "child-2"));
        parent.Tell("child-2");
        ExpectTerminated(seen.Children.Single(child => child.Path.Name == "child-2"));
        AwaitAssert(() => Assert.Equal(["child-1", "child-3"], seen.Children.Select(child => child.Path.Name).Order()));
    }

    [Fact]
    public void An_actor_should_show_how_many_messages_wait_for_it_without_the_one_in_hand()
    {
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var busy = Sys.ActorOf(Props.Create(() => new Busy(begun, goOn)));
        for (var number = 0; number < 5; number++) busy.Tell(number);
        Assert.True(begun.Wait(TimeSpan.FromSeconds(10)));
        var cell = ((ActorRefWithCell)busy).Underlying;
        Assert.Equal(4, cell.NumberOfMessages);

        goOn.Set();
        AwaitAssert(() => Assert.Equal(0, cell.NumberOfMessages));
    }

    [Fact]
    public void The_guardians_should_be_found_by_their_paths()
    {
        Sys.ActorOf(Props.Create(() => new Parent(0)), "mine");
        var provider = ((ExtendedActorSystem)Sys).Provider;
        var user = Assert.IsAssignableFrom<ActorRefWithCell>(provider.ResolveActorRef(new RootActorPath(provider.DefaultAddress) / "user"));
        Assert.Contains("mine", user.Children.Select(child => child.Path.Name));
        Assert.NotEmpty(Assert.IsAssignableFrom<ActorRefWithCell>(provider.ResolveActorRef(new RootActorPath(provider.DefaultAddress) / "system")).Children);
    }
}
