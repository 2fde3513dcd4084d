using System.Globalization;
using ProverCluster.Cli.Output;

namespace ProverCluster.Bench.Measuring;

/// <summary>A table of figures: the first column says what, the others are numbers.</summary>
internal sealed class BenchTable(params string[] titles)
{
    private readonly TextTable _table = new([.. titles.Select((title, column) => (title, column > 0))]);

    public void Add(params string[] cells) => _table.Add(cells);

    public void Print()
    {
        foreach (var line in _table.Lines("")) Console.WriteLine(line);
    }

    public static string Ms(double milliseconds) => double.IsNaN(milliseconds) ? "-" : milliseconds.ToString("0.0", CultureInfo.InvariantCulture);
}
