namespace ProverCluster.Bench.Measuring;

/// <summary>The straight line that is nearest to some points, by least squares.</summary>
/// <param name="AtZero">Its height where the first coordinate is 0.</param>
/// <param name="Slope">What one more of the first adds to the second.</param>
internal readonly record struct Line(double AtZero, double Slope)
{
    public static Line Through(IReadOnlyCollection<(double X, double Y)> points)
    {
        var (meanX, meanY) = (points.Average(point => point.X), points.Average(point => point.Y));
        var slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / points.Sum(point => Math.Pow(point.X - meanX, 2));
        return new Line(meanY - (slope * meanX), slope);
    }
}
