using ProverCluster.Cli.Arguments;
using ProverCluster.Client;
using ProverCluster.Messages.Nodes;

namespace ProverCluster.Cli.Provers;

/// <summary>A running cluster, over HTTP.</summary>
internal static class RunningCluster
{
    /// <summary>Where a node of this machine answers, if nothing else is said.</summary>
    public const string Usual = "http://127.0.0.1:8081";

    /// <summary>The token, for whoever does not want a file for it. Never an argument, which every user of a machine can read.</summary>
    public const string TokenVariable = "PROVE_TOKEN";

    /// <summary>How long a cluster is looked for: whoever has mistyped its address should hear so soon.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const int UsualWidth = 8;

    /// <param name="addresses">Of its nodes.</param>
    /// <param name="tokenFile">Where its token is, or null.</param>
    /// <param name="world">What is outside the program.</param>
    /// <exception cref="UsageException">An address or the token is none.</exception>
    public static ProverClientOptions Options(IReadOnlyList<string> addresses, string? tokenFile, Surroundings world)
    {
        try
        {
            return new ProverClientOptions { Endpoints = addresses, Token = Token(tokenFile, world), TptpFolder = world.Variable("TPTP") };
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new UsageException($"--cluster: {e.Message}");
        }
    }

    /// <exception cref="ProverClientException">It cannot be reached, or does not let us in.</exception>
    public static async Task<Venue> ReachAsync(ProverClientOptions options, Surroundings world, CancellationToken cancellation)
    {
        IReadOnlyList<NodeView> nodes = [];
        await using (var scout = world.Connect(options with { RetryFor = Patience }))
        {
            try
            {
                nodes = await scout.BackendsAsync(cancellation);
            }
            catch (ForbiddenException)
            {
                // Whoever may only submit may submit.
            }
        }

        var width = nodes.SelectMany(node => node.Backends).Select(offer => offer.Backend.Value.Length).DefaultIfEmpty(UsualWidth).Max();
        // Goals wait here until there is room for them, as they do on nodes of our own.
        return new Venue(world.Connect(options with { QueueFor = TimeSpan.FromDays(7) }), Parallel: null, width, HasNodes: true, []);
    }

    private static string? Token(string? file, Surroundings world)
    {
        if (file is null) return world.Variable(TokenVariable) is { Length: > 0 } token ? token : null;
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--token-file: {Inputs.Problems.Words(e)}");
        }
    }
}
