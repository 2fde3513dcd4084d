using System.CommandLine;

namespace ProverCluster.Service.Arguments;

/// <summary>The options by name, for System.CommandLine. What their values mean is read elsewhere, so that every complaint is a sentence of ours.</summary>
internal sealed class NodeSyntax
{
    public readonly Option<string> Host = Value("--host");
    public readonly Option<string> Port = Value("--port");
    public readonly Option<string[]> Seed = Values("--seed");
    public readonly Option<string> Roles = Value("--roles");
    public readonly Option<string> Slots = Value("--slots");
    public readonly Option<string[]> Config = Values("--config");
    public readonly Option<string> Http = Value("--http");
    public readonly Option<string> HttpHost = Value("--http-host");
    public readonly Option<bool> Insecure = new("--insecure") { Arity = ArgumentArity.Zero };
    public readonly Option<string> Data = Value("--data");
    public readonly Option<string> Store = Value("--store");
    public readonly Option<bool> Help = new("--help", "-h") { Arity = ArgumentArity.Zero };
    public readonly Option<bool> Version = new("--version") { Arity = ArgumentArity.Zero };

    private readonly Command _command = new("node");

    public NodeSyntax()
    {
        Options = [Host, Port, Seed, Roles, Slots, Config, Http, HttpHost, Insecure, Data, Store, Help, Version];
        foreach (var option in Options) _command.Add(option);
    }

    public IReadOnlyList<Option> Options { get; }

    public ParseResult Parse(string[] arguments) =>
        _command.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });

    private static Option<string> Value(string name) => new(name) { Arity = ArgumentArity.ExactlyOne };

    private static Option<string[]> Values(string name) => new(name) { Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
}
