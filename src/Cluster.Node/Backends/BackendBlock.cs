using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Backends;

/// <summary>One entry's keys as they hold for one language: its block named after the language first, then its own.</summary>
internal sealed class BackendBlock(SettingsReader common, string language)
{
    private readonly SettingsReader _special = common.Block(language);

    public T Required<T>(string key, Allowed<T> allowed)
        where T : notnull => Find(key) is { } setting ? setting.Parse(allowed) : throw common.Missing(key, allowed.Wanted);

    public T? Optional<T>(string key, Allowed<T> allowed)
        where T : notnull => Find(key) is { } setting ? setting.Parse(allowed) : default;

    public IReadOnlyList<T> RequiredList<T>(string key, Allowed<T> allowed)
        where T : notnull => Find(key) is { } setting ? setting.ParseList(allowed) : throw common.Missing(key, $"a list, each {allowed.Wanted},");

    public IReadOnlyList<T> List<T>(string key, Allowed<T> allowed, params T[] otherwise)
        where T : notnull => Find(key) is { } setting ? setting.ParseList(allowed) : otherwise;

    public IReadOnlyList<string> Patterns(string key) =>
        Find(key) is { } setting ? setting.ParseList(setting.IsShipped ? BackendValues.Text : BackendValues.Pattern) : [];

    public IReadOnlyDictionary<string, string> Environment(string key)
    {
        var variables = new Dictionary<string, string>();
        foreach (var block in new[] { common.Block(key), _special.Block(key) })
        {
            foreach (var setting in block.Keys())
            {
                if (!BackendValues.Variable.TryRead(setting.Key, out var name))
                    throw new SettingsException($"{setting.Place} is not {BackendValues.Variable.Wanted}");
                variables[name] = block.Optional(name)!.Parse(BackendValues.Text);
            }
        }
        return variables;
    }

    public BackendReading Reading(string key)
    {
        if (Find(key) is not { } setting) throw common.Missing(key, BackendValues.Reading.Wanted);
        if (setting.Value.GetObject() is not { } patterns) return setting.Parse(BackendValues.Reading);
        var unknown = patterns.Items.Keys.FirstOrDefault(each => each is not ("proved" or "refuted"));
        if (unknown is not null || patterns.Items.Count == 0) throw setting.Refuse(BackendValues.Reading.Wanted);
        return new BackendReading.Patterns(Pattern("proved"), Pattern("refuted"));

        string? Pattern(string name) => patterns.Items.TryGetValue(name, out var value)
            ? new Setting(setting.File, $"{setting.Path}.{name}", value, name).Parse<string>(setting.IsShipped ? BackendValues.Text : BackendValues.Pattern)
            : null;
    }

    public void RefuseUnknown() => _special.RefuseUnknown();

    // Both are asked, so that both know the key.
    private Setting? Find(string key) => (_special.Optional(key), common.Optional(key)) switch
    {
        ({ } special, _) => special,
        var (_, plain) => plain,
    };
}
