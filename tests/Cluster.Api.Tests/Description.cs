using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using ProverCluster.Api.Access;
using ProverCluster.Api.Submissions;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api;

/// <summary>What is served as OpenAPI says of the routes what they do.</summary>
public sealed partial class Description(AloneFixture alone) : IClassFixture<AloneFixture>
{
    /// <summary>What is said of no route that there is.</summary>
    private static readonly string[] OfNoRoute = ["wrong-method"];

    private readonly ApiNode _node = alone.Node;

    [Fact]
    public async Task Has_every_route_with_its_methods_and_no_other()
    {
        var described =
            from path in (await ReadAsync()).GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            select $"{method.Name.ToUpperInvariant()} {path.Name}";
        var mapped = (await MappedAsync()).Select(route => route.Name);

        Assert.Equal(mapped.Order(), described.Order());
    }

    [Fact]
    public async Task Has_for_every_route_the_roles_that_are_wanted_of_a_token_and_so_has_the_page()
    {
        var described =
            from path in (await ReadAsync()).GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            let roles = method.Value.GetProperty("security").EnumerateArray().SelectMany(way => way.EnumerateObject()).SelectMany(way => way.Value.EnumerateArray())
            select $"{method.Name.ToUpperInvariant()} {path.Name}: {string.Join(" or ", roles.Select(role => role.GetString()))}";
        var page = File.ReadAllText(Path.Combine(Repo.Root, "docs/http.md")).Split("## A submission")[0].Split('\n').Where(line => line.StartsWith("| `")).Select(line => line.Split('|'));
        var written = page.Select(cells => $"{cells[1].Trim(' ', '`')}: {cells[4].Trim().Replace("`", "").Replace("none", "")}");
        // Every one of them says what it wants; what says nothing would want any token.
        var mapped = (await MappedAsync()).Select(route => $"{route.Name}: {(route.Needs!.Roles == TokenRoles.None ? "" : route.Needs.Roles.ToString().ToLowerInvariant().Replace(", ", " or "))}");

        Assert.Equal(mapped.Order(), described.Order());
        Assert.Equal(mapped.Order(), written.Order());
        Assert.Equal(Tokens.Routes.Select(row => Assert.IsType<string>(row[2])).Order(), mapped.Select(line => line.Split(": ")[1]).Where(roles => roles.Length > 0).Order());
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
    public void Has_every_code_of_a_problem_that_there_is_and_so_has_the_page_with_its_status()
    {
        var page = File.ReadAllText(Path.Combine(Repo.Root, "docs/http.md")).Split("## What goes wrong")[1];
        var rows = page.Split('\n').Where(line => Row().IsMatch(line)).Select(line => line.Split('|')).ToList();
        var written =
            from cells in rows
            from code in Code().Matches(cells[2])
            select $"{cells[1].Trim()} {code.Groups[1].Value}";
        var schema = Described.Document.GetProperty("components").GetProperty("schemas").GetProperty("Problem").GetProperty("properties").GetProperty("code");

        Assert.Equal(All().Select(problem => $"{problem.Status} {problem.Code}").Order(), written.Order());
        Assert.Equal(All().Select(problem => problem.Code).Order(), schema.GetProperty("enum").EnumerateArray().Select(code => code.GetString()!).Order());
        var byTheServer = string.Join(", ", Described.ByTheServer);
        Assert.Equal(byTheServer, Assert.Single(rows, cells => cells[2].Trim() == "")[1].Trim());
        Assert.Contains(byTheServer.Replace(", 505", " or 505"), Described.Document.GetProperty("info").GetProperty("description").GetString());
    }

    [Fact]
    public void Says_of_every_response_the_codes_that_its_problems_may_have_and_has_a_response_for_every_code()
    {
        var known = All().ToDictionary(problem => problem.Code, problem => problem.Status);
        var described = Described.Responses.SelectMany(each => Described.Codes(each.Response).DefaultIfEmpty("").Select(code => (each.Path, each.Method, each.Status, Code: code))).ToList();

        Assert.All(described.Where(each => each.Status >= 400), each => Assert.True(known.GetValueOrDefault(each.Code) == each.Status, $"{each} is no problem that there is"));
        Assert.Equal(known.Keys.Except(OfNoRoute).Order(), described.Where(each => each.Status >= 400).Select(each => each.Code).Distinct().Order());
    }

    [Fact]
    public async Task Has_every_member_that_a_goal_and_its_runs_have()
    {
        var schemas = (await ReadAsync()).GetProperty("components").GetProperty("schemas");
        var goal = (await _node.PostAsync("say unsat", "wait=true")).Json;

        // When it was accepted an event need not say, nor a node of the version before.
        Assert.Equal(Required(schemas, "Goal"), goal.EnumerateObject().Select(member => member.Name).Except(["acceptedAt"]));
        Assert.Equal(Required(schemas, "Run"), goal.GetProperty("runs")[0].EnumerateObject().Select(member => member.Name));
    }

    /// <summary>Every answer of these specs is held against it, which would be worth nothing if no difference were seen.</summary>
    [Theory]
    [InlineData("\"state\":\"settled\"", "\"state\":\"over\"")]
    [InlineData("\"cached\":false,", "")]
    [InlineData("\"cached\":false", "\"cached\":\"no\"")]
    [InlineData("\"cached\":false", "\"cached\":false,\"new\":1")]
    [InlineData("\"id\":\"", "\"id\":\"-")]
    [InlineData("\"backend\":\"puppet\"", "\"backend\":null")]
    [InlineData("\"runs\":[", "\"runs\":[1,")]
    public async Task Is_not_met_by_a_goal_that_differs(string there, string instead)
    {
        var goal = (await _node.PostAsync("say unsat", "wait=true")).Text;
        Assert.Contains(there, goal);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Described.Check("Goal", JsonElement.Parse(goal.Replace(there, instead))));
    }

    /// <summary>One problem of each kind.</summary>
    private static IEnumerable<Problem> All()
    {
        object[] arguments = ["x", 1, 1L, TokenRoles.Read];
        const BindingFlags Ours = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var made =
            from method in typeof(Problem).GetMethods(Ours).Where(method => method.ReturnType == typeof(Problem))
            select (Problem)method.Invoke(null, [.. method.GetParameters().Select(parameter => arguments.Single(parameter.ParameterType.IsInstanceOfType))])!;
        return typeof(Problem).GetFields(Ours).Select(field => (Problem)field.GetValue(null)!).Concat(made).DistinctBy(problem => problem.Code);
    }

    private static IEnumerable<string> Required(JsonElement schemas, string name) => schemas.GetProperty(name).GetProperty("required").EnumerateArray().Select(member => member.GetString()!);

    private async Task<IReadOnlyList<(string Name, RouteNeeds? Needs)>> MappedAsync()
    {
        await using var app = ApiHosting.CreateBuilder(NodeSettings.Read(SettingsFiles.LoadShipped()).Http).Build();
        app.MapApi(_node.Server.Tools);
        var mapped =
            from endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
            select ($"{method} {endpoint.RoutePattern.RawText}", endpoint.Metadata.GetMetadata<RouteNeeds>());
        return [.. mapped];
    }

    private async Task<JsonElement> ReadAsync() => JsonDocument.Parse(await _node.Client.GetStringAsync("/openapi/v1.json")).RootElement;

    [GeneratedRegex(@"^\| \d{3}")]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Code();
}
