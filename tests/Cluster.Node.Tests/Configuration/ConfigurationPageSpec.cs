using System.Text.RegularExpressions;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Tests.Configuration;

/// <summary>docs/configuration.md has a row for every key, with the default, the range and the option that prover-cluster.conf says.</summary>
public sealed partial class ConfigurationPageSpec
{
    [Fact]
    public void The_page_should_have_every_key_as_the_shipped_file_has_it()
    {
        var page = File.ReadAllLines(Path.Combine(Repo.Root, "docs/configuration.md")).SkipWhile(line => line != "## Every key").TakeWhile(line => !line.StartsWith("Failure detection", StringComparison.Ordinal));
        var rows = page.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
        var keys = Keys(SettingsFiles.ShippedTexts.Single(shipped => shipped.File == "prover-cluster.conf").Text).ToArray();

        Assert.Equal(keys, rows.Select(row => string.Join('|', row.Split('|')[..5])));
        // And says something of it.
        Assert.All(rows, row => Assert.True(row.Split('|')[5].Trim().Length > 5, row));
    }

    /// <summary>Where another page has a key and its default, it is the same.</summary>
    [Theory]
    [InlineData("docs/http.md")]
    [InlineData("docs/store.md")]
    public void Another_page_should_have_no_other_default(string page)
    {
        var defaults = Keys(SettingsFiles.ShippedTexts.Single(shipped => shipped.File == "prover-cluster.conf").Text).Select(row => row.Split('|')).ToDictionary(cells => cells[1].Trim(), cells => cells[2].Trim(' ', '`'));
        var told = File.ReadAllLines(Path.Combine(Repo.Root, page)).Select(line => line.Split('|')).Where(cells => cells.Length > 3 && defaults.ContainsKey(cells[1].Trim())).ToArray();

        Assert.NotEmpty(told);
        Assert.All(told, cells => Assert.Equal(defaults[cells[1].Trim()], cells[2].Trim().Split(' ')[0]));
    }

    /// <summary>The beginning of each key's row, from its line and the comment above it.</summary>
    private static IEnumerable<string> Keys(string conf)
    {
        var (blocks, comment) = (new Stack<string>(), new List<string>());
        foreach (var line in conf.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith('#'))
            {
                comment.Add(line.Length > 2 ? line[2..] : "");
                continue;
            }

            if (Block().Match(line) is { Success: true } block)
                blocks.Push(block.Groups["name"].Value);
            else if (line == "}")
                blocks.Pop();
            else if (Key().Match(line) is { Success: true } key)
                yield return $"| `{string.Concat(blocks.Reverse().Skip(1).Select(name => name + "."))}{key.Groups["name"].Value}` | `{key.Groups["value"].Value}` |{Cell(Range(comment))}|{Cell(Options(comment))}";
            comment.Clear();
        }
    }

    /// <summary>The last line where it is no sentence, or the words of a list.</summary>
    private static string Range(List<string> comment) =>
        comment[^1].StartsWith("  ", StringComparison.Ordinal) ? string.Join(", ", comment.Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]))
        : comment[^1].EndsWith('.') ? "" : comment[^1];

    private static string Options(List<string> comment) => string.Join(", ", Option().Matches(string.Join(' ', comment)).Select(option => $"`{option.Value}`").Distinct());

    private static string Cell(string text) => text.Length == 0 ? " " : $" {text} ";

    [GeneratedRegex(@"^(?<name>[\w-]+) \{$")]
    private static partial Regex Block();

    [GeneratedRegex("^(?<name>[a-z-]+) = (?<value>.+)$")]
    private static partial Regex Key();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Option();
}
