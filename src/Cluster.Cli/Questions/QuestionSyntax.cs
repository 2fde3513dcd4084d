using System.CommandLine;
using ProverCluster.Cli.Arguments;

namespace ProverCluster.Cli.Questions;

/// <summary>The options of the questions by name, for System.CommandLine.</summary>
internal sealed class QuestionSyntax
{
    public readonly Argument<string[]> Goals = new("ID") { Arity = ArgumentArity.ZeroOrMore };

    public readonly Option<string[]> Cluster = ProveSyntax.Values("--cluster");
    public readonly Option<string> TokenFile = ProveSyntax.Value("--token-file");
    public readonly Option<string> State = ProveSyntax.Value("--state");
    public readonly Option<string[]> Label = ProveSyntax.Values("--label");
    public readonly Option<bool> Runs = ProveSyntax.Flag("--runs");
    public readonly Option<bool> Json = ProveSyntax.Flag("--json");
    public readonly Option<bool> Help = ProveSyntax.Flag("--help", "-h");

    private readonly Command _command;

    // A goal may be called as the command is, or like a directive.
    private readonly Option<bool> _first = ProveSyntax.Flag("--first-word");

    public QuestionSyntax()
    {
        _command = new Command("question") { Goals };
        Options = [Cluster, TokenFile, State, Label, Runs, Json, Help];
        foreach (var option in Options) _command.Add(option);
        _command.Add(_first);
    }

    public IReadOnlyList<Option> Options { get; }

    public ParseResult Parse(IEnumerable<string> words) =>
        _command.Parse([_first.Name, .. words], new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
}
