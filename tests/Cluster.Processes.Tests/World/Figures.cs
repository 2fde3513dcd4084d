namespace ProverCluster.Processes.World;

/// <summary>Milliseconds that were measured, by nearest rank.</summary>
internal sealed class Figures(IEnumerable<double> milliseconds)
{
    private readonly double[] _sorted = [.. milliseconds.Order()];

    public double At(double share) => _sorted[Math.Max(0, (int)Math.Ceiling(share * _sorted.Length) - 1)];

    public override string ToString() => FormattableString.Invariant($"p50 {At(0.5):0.0}, p99 {At(0.99):0.0}, at most {At(1):0.0} ms");
}
