using Microsoft.Extensions.Primitives;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Submissions;

/// <summary>Labels in a query: <c>label=key=value</c>, any number of times.</summary>
internal static class Labels
{
    public static void Read(StringValues values, Action<string, string> add)
    {
        foreach (var value in values)
        {
            if (value?.Split('=', 2) is not [{ Length: > 0 } key, var text])
                throw SubmissionOptions.Bad($"label is '{Excerpt.Of(value ?? "")}', but KEY=VALUE is wanted");
            add(key, text);
        }
    }
}
