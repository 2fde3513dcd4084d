namespace ProverCluster.Client.Http;

/// <summary>The addresses of nodes as a user writes them.</summary>
internal static class Addresses
{
    public static string[] Check(string[] endpoints)
    {
        if (endpoints.Length == 0) throw Ranges.Refusal("Endpoints", "an empty list", "the address of a node, such as http://127.0.0.1:8081,");
        if (endpoints.Select(Parse).GroupBy(uri => uri).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw Ranges.Refusal("Endpoints", $"a list with {twice.Key} in it twice", "each once");
        return endpoints;
    }

    /// <summary>With a slash at its end, so that routes below it can be made from it.</summary>
    public static Uri Parse(string endpoint)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Query + uri.Fragment + uri.UserInfo != "")
            throw Ranges.Refusal("an endpoint", $"'{Shown.Quote(endpoint)}'", "an address such as http://127.0.0.1:8081");
        return uri.AbsolutePath.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
    }
}
