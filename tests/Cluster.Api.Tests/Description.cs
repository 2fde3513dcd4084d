using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Submissions;

namespace ProverCluster.Api;

/// <summary>What is served as OpenAPI says of the routes what they do.</summary>
public sealed partial class Description(AloneFixture alone) : IClassFixture<AloneFixture>
{
    private static readonly string[] NotYet = ["no-token", "bad-token", "forbidden", "quota", "headers-too-large"];

    private readonly ApiNode _node = alone.Node;

    [Fact]
    public async Task Has_every_route_with_its_methods_and_no_other()
    {
        var described =
            from path in (await ReadAsync()).GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            select $"{method.Name.ToUpperInvariant()} {path.Name}";
        await using var app = ApiHosting.CreateBuilder(ProverCluster.Node.Configuration.NodeSettings.Read(ProverCluster.Node.Configuration.SettingsFiles.LoadShipped()).Http).Build();
        app.MapApi(_node.Server.Tools);
        var mapped =
            from endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            select $"{method} {endpoint.RoutePattern.RawText}";

        Assert.Equal(mapped.Order(), described.Order());
    }

    [Fact]
    public async Task Has_every_option_of_a_submission_and_no_other()
    {
        var document = await ReadAsync();
        var query = document.GetProperty("paths").GetProperty("/v1/goals").GetProperty("post").GetProperty("parameters").EnumerateArray().Select(option => option.GetProperty("name").GetString()!);
        Assert.Equal([.. SubmissionOptions.Names.Concat(["backends", "label", .. SubmissionReader.OfTheQuery]).Order()], query.Order());

        var members = document.GetProperty("components").GetProperty("schemas").GetProperty("Submission").GetProperty("properties").EnumerateObject().Select(member => member.Name);
        Assert.Equal([.. SubmissionOptions.Names.Concat(["backends", "labels", "language", "text"]).Order()], members.Order());
    }

    [Fact]
    public async Task Has_every_code_of_a_problem_that_the_page_has()
    {
        var page = File.ReadAllText(Path.Combine(Repo.Root, "docs/http.md")).Split("## What goes wrong")[1];
        var written = page.Split('\n').Where(line => Row().IsMatch(line)).SelectMany(line => Code().Matches(line.Split('|')[2]).Select(match => match.Groups[1].Value));
        var described = (await ReadAsync()).GetProperty("components").GetProperty("schemas").GetProperty("Problem").GetProperty("properties").GetProperty("code").GetProperty("enum").EnumerateArray().Select(code => code.GetString()!);

        Assert.Equal(written.Except(NotYet).Order(), described.Order());
    }

    [Fact]
    public async Task Has_every_member_that_a_goal_and_its_runs_have()
    {
        var schemas = (await ReadAsync()).GetProperty("components").GetProperty("schemas");
        var goal = (await _node.PostAsync("say unsat", "wait=true")).Json;

        Assert.Equal(Required(schemas, "Goal"), goal.EnumerateObject().Select(member => member.Name));
        Assert.Equal(Required(schemas, "Run"), goal.GetProperty("runs")[0].EnumerateObject().Select(member => member.Name));
    }

    private static IEnumerable<string> Required(JsonElement schemas, string name) => schemas.GetProperty(name).GetProperty("required").EnumerateArray().Select(member => member.GetString()!);

    private async Task<JsonElement> ReadAsync() => JsonDocument.Parse(await _node.Client.GetStringAsync("/openapi/v1.json")).RootElement;

    [GeneratedRegex(@"^\| \d{3}")]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Code();
}
