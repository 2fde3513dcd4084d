using System.Net;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Records;

namespace ProverCluster.Api;

/// <summary>The store fails while a request is answered: each way to a record says so, and none takes it for a goal that is not there.</summary>
public sealed class Unavailable_records : IAsyncLifetime
{
    private const string Why = "postgres://user@db:5432/goals: the server does not answer in time";

    private ApiNode _node = null!;

    public async Task InitializeAsync() => _node = await ApiNode.StartAsync(replace: services => services.AddSingleton<IRequiredActor<GoalRecordActor>>(provider =>
    {
        var registry = new ActorRegistry();
        registry.Register<GoalRecordActor>(provider.GetRequiredService<ActorSystem>().ActorOf(Props.Create(() => new WithoutStore())));
        return new RequiredActor<GoalRecordActor>(registry);
    }));

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Theory]
    [InlineData("POST", "/v1/goals?")]
    [InlineData("POST", "/v1/goals?wait=true")]
    [InlineData("POST", "/v1/goals?wait=events")]
    [InlineData("GET", "/v1/goals/some")]
    [InlineData("GET", "/v1/goals/some/events")]
    [InlineData("DELETE", "/v1/goals/some")]
    public async Task A_request_for_one_goal_is_answered_with_the_problem(string method, string path)
    {
        var answer = await _node.SendAsync(new HttpMethod(method), path, method == "POST" ? ApiNode.Goal("say unsat") : null, method == "POST" ? "application/dimacs" : null);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "store-unavailable", "1"), (answer.Status, answer.Code, answer.Headers["Retry-After"]));
        Assert.StartsWith(Why, answer["detail"]);
    }

    [Fact]
    public async Task Each_line_of_a_batch_is_answered_with_it()
    {
        var answer = await _node.SendAsync(HttpMethod.Post, "/v1/goals:batch", $"{ApiNode.Json("say unsat")}\n{ApiNode.Json("say sat")}\n", "application/x-ndjson");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.All(answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains("\"code\":\"store-unavailable\"", line));
        Assert.Equal(2, answer.Text.Count(letter => letter == '\n'));
    }

    private sealed class WithoutStore : ReceiveActor
    {
        public WithoutStore() => Receive<IRecordCommand>(command => Sender.Tell(new RecordEvents.Unavailable(command.Goal, Why)));
    }
}
