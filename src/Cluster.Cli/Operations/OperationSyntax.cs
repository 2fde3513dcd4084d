using System.CommandLine;
using ProverCluster.Cli.Arguments;

namespace ProverCluster.Cli.Operations;

/// <summary>The options of <c>./prove cluster</c> by name, for System.CommandLine.</summary>
internal sealed class OperationSyntax
{
    public readonly Argument<string[]> Words = new("WORD") { Arity = ArgumentArity.ZeroOrMore };

    public readonly Option<string[]> Cluster = ProveSyntax.Values("--cluster");
    public readonly Option<string> TokenFile = ProveSyntax.Value("--token-file");
    public readonly Option<string> Node = ProveSyntax.Value("--node");
    public readonly Option<string> Depth = ProveSyntax.Value("--depth");
    public readonly Option<string> Limit = ProveSyntax.Value("--limit");
    public readonly Option<bool> Json = ProveSyntax.Flag("--json");
    public readonly Option<bool> Help = ProveSyntax.Flag("--help", "-h");

    private readonly Command _command;

    public OperationSyntax()
    {
        _command = new Command("cluster") { Words };
        Options = [Cluster, TokenFile, Node, Depth, Limit, Json, Help];
        foreach (var option in Options) _command.Add(option);
    }

    public IReadOnlyList<Option> Options { get; }

    public ParseResult Parse(IEnumerable<string> words) =>
        _command.Parse([.. words], new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
}
