namespace ProverCluster.Bench.Measuring;

/// <summary>What is asked of a figure.</summary>
/// <param name="What">Which figure.</param>
/// <param name="Measured">What it is.</param>
/// <param name="AtMost">What it may be.</param>
internal sealed record Requirement(string What, double Measured, double AtMost)
{
    public bool Holds => Measured <= AtMost;

    /// <summary>Prints them all.</summary>
    /// <returns>The program's exit value: 1 if one does not hold.</returns>
    public static int Print(IReadOnlyList<Requirement> requirements)
    {
        Console.WriteLine();
        foreach (var each in requirements)
            Console.WriteLine(FormattableString.Invariant($"{(each.Holds ? "holds" : "FAILS")}  {each.What}: {each.Measured:0.##}, at most {each.AtMost:0.##}"));
        return requirements.All(each => each.Holds) ? 0 : 1;
    }
}
