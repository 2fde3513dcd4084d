namespace ProverCluster.Bench.Measuring;

/// <summary>Milliseconds, by nearest rank: every figure is one that was measured.</summary>
internal sealed class Distribution
{
    private readonly double[] _sorted;

    public Distribution(IEnumerable<double> milliseconds)
    {
        _sorted = [.. milliseconds];
        Array.Sort(_sorted);
    }

    public int Count => _sorted.Length;

    public double P50 => At(0.50);

    public double P90 => At(0.90);

    public double P99 => At(0.99);

    public double Max => At(1);

    private double At(double share) => _sorted.Length == 0 ? double.NaN : Math.Round(_sorted[Math.Max(0, (int)Math.Ceiling(share * _sorted.Length) - 1)], 3);
}
