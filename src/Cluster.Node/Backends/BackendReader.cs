using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Backends;

/// <summary>From the blocks of <c>backends.conf</c> to entries. A wrong key or value stops the start.</summary>
internal static class BackendReader
{
    public static IReadOnlyList<Backend> Read(SettingsFiles files)
    {
        var backends = files.OurBlock().Block("backends");
        return [.. backends.Keys().SelectMany(setting => Entries(backends, setting))];
    }

    private static IEnumerable<Backend> Entries(SettingsReader backends, Setting block)
    {
        if (!BackendName.TryParse(block.Key, out var name))
            throw new SettingsException($"{block.Place} is not a backend's name: 1 to {BackendName.MaxLength} lower-case letters, digits, '_', '+' or '-'");
        var common = backends.Block(block.Key);
        var languages = Languages(common);
        var package = common.Optional("package")?.Parse(BackendValues.Text);
        var isDefault = common.Optional("default")?.Parse(BackendValues.YesOrNo) ?? true;
        var entries = languages.Select(language => Entry(name, language, new BackendBlock(common, language.Name()), package, isDefault)).ToList();
        // A block for a language that it does not read is a mistake, so only those that it reads are known keys.
        common.RefuseUnknown();
        return entries;
    }

    private static IReadOnlyList<GoalLanguage> Languages(SettingsReader block)
    {
        var wanted = $"a list of languages ({string.Join(", ", GoalLanguages.All.Select(entry => entry.Name))})";
        if (block.Optional("languages") is not { } setting) throw block.Missing("languages", wanted);
        var languages = setting.ParseList(BackendValues.Language);
        return languages.Count > 0 && languages.Distinct().Count() == languages.Count ? languages : throw setting.Refuse(wanted);
    }

    private static Backend Entry(BackendName name, GoalLanguage language, BackendBlock block, string? package, bool isDefault)
    {
        var entry = new Backend(
            name,
            language,
            block.Required("executable", Limits.Program),
            block.RequiredList("arguments", BackendValues.Argument),
            block.List("version-arguments", BackendValues.Text),
            block.Reading("reading"),
            block.List("accepted-exits", BackendValues.Exit, 0),
            block.Patterns("malformed"),
            block.List("read-only", BackendValues.ReadOnlyFolder),
            block.Environment("environment"),
            block.Optional("result-file", BackendValues.ResultFile) is { Length: > 0 } file ? file : null,
            package is { Length: > 0 } ? package : null,
            isDefault);
        block.RefuseUnknown();
        return entry;
    }
}
