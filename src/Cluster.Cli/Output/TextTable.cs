using System.Text;

namespace ProverCluster.Cli.Output;

/// <summary>Columns as wide as what stands in them: nothing is ever cut, so that a table can be searched and compared.</summary>
internal sealed class TextTable(params (string Title, bool IsNumber)[] columns)
{
    private readonly List<string[]> _rows = [[.. columns.Select(column => column.Title)]];

    public void Add(params string[] cells) => _rows.Add(cells);

    public IEnumerable<string> Lines(string indent)
    {
        var widths = columns.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in _rows)
        {
            var line = new StringBuilder(indent);
            for (var column = 0; column < columns.Length; column++)
            {
                var cell = row[column];
                line.Append(columns[column].IsNumber ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])).Append("  ");
            }
            yield return line.ToString().TrimEnd();
        }
    }
}
