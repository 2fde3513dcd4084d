using System.CommandLine;

namespace ProverCluster.Cli.Arguments;

/// <summary>The options by name, for System.CommandLine. What their values mean is read elsewhere, so that every complaint is a sentence of ours.</summary>
internal sealed class ProveSyntax
{
    public readonly Argument<string[]> Goals = new("GOAL") { Arity = ArgumentArity.ZeroOrMore };

    public readonly Option<string> Language = Value("--language");
    public readonly Option<string> Strategy = Value("--strategy");
    public readonly Option<string> Backends = Value("--backends");
    public readonly Option<string> Timeout = Value("--timeout");
    public readonly Option<string> RunTimeout = Value("--run-timeout");
    public readonly Option<string> Memory = Value("--memory");
    public readonly Option<string> Parallel = Value("--parallel");
    public readonly Option<string> Slots = Value("--slots");
    public readonly Option<string> Priority = Value("--priority");
    public readonly Option<bool> Json = Flag("--json");
    public readonly Option<string> Format = Value("--format");
    public readonly Option<bool> Runs = Flag("--runs");
    public readonly Option<bool> ShowOutput = Flag("--show-output");
    public readonly Option<bool> NoCache = Flag("--no-cache");
    public readonly Option<string> Nodes = Value("--nodes");
    public readonly Option<string[]> Config = Values("--config");
    public readonly Option<string[]> Cluster = Values("--cluster");
    public readonly Option<string> TokenFile = Value("--token-file");
    public readonly Option<string> Data = Value("--data");
    public readonly Option<string[]> Label = Values("--label");
    public readonly Option<bool> Help = Flag("--help", "-h");
    public readonly Option<bool> Version = Flag("--version");

    // The first word is special to System.CommandLine: "prove" would be the command itself, and "[x]" a directive.
    private readonly Option<bool> _first = Flag("--first-word");

    public ProveSyntax()
    {
        Command = new Command("prove") { Goals };
        Options =
        [
            Language, Strategy, Backends, Timeout, RunTimeout, Memory, Parallel, Slots, Priority, Json, Format, Runs, ShowOutput,
            NoCache, Nodes, Config, Cluster, TokenFile, Data, Label, Help, Version,
        ];
        foreach (var option in Options) Command.Add(option);
        Command.Add(_first);
    }

    public Command Command { get; }

    public IReadOnlyList<Option> Options { get; }

    /// <summary>Goals are files, and files may be called anything: no response files, no options glued together.</summary>
    public ParseResult Parse(string[] arguments) =>
        Command.Parse([_first.Name, .. arguments], new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });

    internal static Option<string> Value(string name) => new(name) { Arity = ArgumentArity.ExactlyOne };

    internal static Option<string[]> Values(string name) => new(name) { Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    internal static Option<bool> Flag(string name, params string[] aliases) => new(name, aliases) { Arity = ArgumentArity.Zero };
}
