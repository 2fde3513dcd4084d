using System.CommandLine;
using ProverCluster.Node;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;

namespace ProverCluster.Service.Arguments;

/// <summary>From the words of the command line, laid over configuration files, to settings, or to the sentence that says why not.</summary>
internal sealed class NodeArguments
{
    private readonly NodeSyntax _syntax = new();
    private readonly ParseResult _words;

    public NodeArguments(string[] arguments) => _words = _syntax.Parse(arguments);

    // Whoever asks for help gets it, whatever else is wrong.
    public bool WantsHelp => _words.GetValue(_syntax.Help);

    public bool WantsVersion => _words.GetValue(_syntax.Version);

    /// <exception cref="SettingsException">Something about the words or the files is wrong.</exception>
    public SettingsFiles ReadFiles()
    {
        if (_words.UnmatchedTokens.FirstOrDefault() is { } word)
            throw new SettingsException($"'{Excerpt.Of(WithoutSecret(word))}' is not a known option{NearestName.Hint(word.Split('=', ':')[0], _syntax.Options.Select(option => option.Name))}");
        if (_words.Errors.Count > 0) throw new SettingsException(Excerpt.Visible(_words.Errors[0].Message.TrimEnd('.')));
        return SettingsFiles.Load(_words.GetValue(_syntax.Config) ?? []);
    }

    /// <exception cref="SettingsException">A value is not what is wanted, or this build cannot do it.</exception>
    public NodeSettings Lay(NodeSettings settings)
    {
        var store = new StoreWords(_syntax, _words).Lay(settings.Store, settings.Place);
        var place = settings.Place;
        var roles = _words.GetValue(_syntax.Roles) is { } text ? text.Split(',', StringSplitOptions.TrimEntries) : null;
        place = new ClusterPlace(
            One(_syntax.Host, Limits.Host) ?? place.Host,
            Number(_syntax.Port, Limits.Port) ?? place.Port,
            _words.GetValue(_syntax.Seed) is { } seeds ? [.. seeds.Select(seed => Read(_syntax.Seed, Limits.Seed, seed))] : place.Seeds,
            [.. (roles?.Select(role => Read(_syntax.Roles, Limits.Role, role)) ?? place.Roles).Distinct()]);
        if (place.Roles.Count == 0) throw new SettingsException("a node without a role does nothing: give it one with --roles");
        if (place.Seeds.Count > 0 && !ActorRuntime.HasNetwork)
            throw new SettingsException($"this build's actor runtime ({ActorRuntime.Name}) cannot reach other processes: leave --seed out, or build with ACTOR_RUNTIME=akka");
        return settings with
        {
            Place = place,
            Store = store,
            Slots = Number(_syntax.Slots, Limits.Slots) ?? settings.Slots,
            Http = settings.Http with
            {
                Port = Number(_syntax.Http, Limits.Port) ?? settings.Http.Port,
                Host = One(_syntax.HttpHost, Limits.HttpHost) ?? settings.Http.Host,
                IsInsecure = _words.GetValue(_syntax.Insecure) || settings.Http.IsInsecure,
            },
        };
    }

    /// <summary>The address of a server may have a password in it, also where an option's name is misspelt.</summary>
    private static string WithoutSecret(string word) => word.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? word[..at] + "://..." : word;

    private string? One(Option<string> option, Allowed<string> allowed) => _words.GetValue(option) is { } text ? Read(option, allowed, text) : null;

    private int? Number(Option<string> option, Allowed<int> allowed) => _words.GetValue(option) is { } text ? Read(option, allowed, text) : null;

    private static T Read<T>(Option option, Allowed<T> allowed, string text)
        where T : notnull => allowed.TryRead(text, out var value) ? value : throw new SettingsException(allowed.Complaint(option.Name, text));
}
