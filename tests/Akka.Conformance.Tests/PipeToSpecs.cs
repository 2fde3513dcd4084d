namespace Akka.Conformance;

public sealed class PipeToSpecs : Spec
{
    [Fact]
    public void A_result_should_be_told_with_the_sender_given()
    {
        var probe = CreateTestProbe();
        Task.FromResult("done").PipeTo(TestActor, probe.Ref);
        ExpectMsg("done");
        Assert.Equal(probe.Ref, LastSender);
    }

    [Fact]
    public void A_result_should_be_mapped()
    {
        Task.FromResult(2).PipeTo(TestActor, success: n => $"mapped {n}", failure: e => e);
        ExpectMsg("mapped 2");
    }

    [Fact]
    public void A_failure_should_be_a_failure_status_with_the_cause_itself()
    {
        var cause = new InvalidOperationException();
        Task.FromException<int>(cause).PipeTo(TestActor);
        Assert.Same(cause, ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public void A_failure_should_be_mapped()
    {
        Task.FromException<int>(new InvalidOperationException("why")).PipeTo(TestActor, success: n => n, failure: e => $"failed {e.Message}");
        ExpectMsg("failed why");
    }

    [Fact]
    public void A_cancelled_task_should_be_a_failure()
    {
        Task.FromCanceled<int>(new CancellationToken(true)).PipeTo(TestActor, failure: e => e is OperationCanceledException);
        ExpectMsg(true);
    }
}
