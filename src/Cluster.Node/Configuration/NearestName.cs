namespace ProverCluster.Node.Configuration;

/// <summary>Finds what somebody probably meant.</summary>
public static class NearestName
{
    /// <summary>" (did you mean 'timeout'?)", or nothing when no known name is near.</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var nearest = known.Select(each => (Name: each, Distance: Distance(name, each))).OrderBy(each => each.Distance).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(1, name.Length / 3) ? $" (did you mean '{nearest.Name}'?)" : "";
    }

    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8) return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j - 1], above) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
