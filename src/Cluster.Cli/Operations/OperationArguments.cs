using System.CommandLine;
using ProverCluster.Cli.Arguments;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Operations;

/// <summary>From the words behind <c>cluster</c> to an operation, or to the sentence that says why not.</summary>
internal sealed class OperationArguments
{
    /// <summary>The word before them.</summary>
    public const string First = "cluster";

    private static readonly Choice<Operation> Operations = new([.. Enum.GetValues<Operation>().Select(operation => (operation.ToString().ToLowerInvariant(), operation))]);
    private static readonly CountRange Depth = new(0, 32);
    private static readonly CountRange Limit = new(1, 1000);

    private readonly OperationSyntax _syntax = new();
    private readonly ParseResult _words;

    public OperationArguments(string[] words) => _words = _syntax.Parse(words.Skip(1));

    /// <summary>A goal in a file of that name is given as <c>./cluster</c>.</summary>
    public static bool IsOperation(string[] words) => words is [First, ..];

    public bool WantsHelp => _words.GetValue(_syntax.Help);

    /// <exception cref="UsageException">Something about the words is wrong.</exception>
    public OperationOptions Read()
    {
        var words = _words.GetValue(_syntax.Words) ?? [];
        if (words.FirstOrDefault(word => word.StartsWith('-')) is { } option)
            throw new UsageException($"'{Excerpt.Of(option)}' is not a known option{NearestName.Hint(option.Split('=', ':')[0], _syntax.Options.Select(each => each.Name))}");
        if (_words.Errors.Count > 0) throw new UsageException(Excerpt.Visible(_words.Errors[0].Message.TrimEnd('.')));
        if (words is not [var first, .. var names]) throw new UsageException($"{First} wants to know what: {Operations.Wanted}");
        if (!Operations.TryRead(first, out var operation)) throw new UsageException(Operations.Complaint(First, first));
        CheckNames(operation, first, names);
        Option[] ofTheTree = [_syntax.Node, _syntax.Depth, _syntax.Limit];
        if (operation != Operation.Tree && ofTheTree.FirstOrDefault(IsSaid) is { } other) throw new UsageException($"{other.Name} has no meaning for {first}");
        if (operation is Operation.Leave or Operation.Down && IsSaid(_syntax.Json)) throw new UsageException($"{_syntax.Json.Name} has no meaning for {first}");
        return new OperationOptions
        {
            Operation = operation,
            Names = names,
            Cluster = _words.GetValue(_syntax.Cluster) ?? [],
            TokenFile = _words.GetValue(_syntax.TokenFile),
            Node = _words.GetValue(_syntax.Node),
            Depth = Number(_syntax.Depth, Depth),
            Limit = Number(_syntax.Limit, Limit),
            IsJson = _words.GetValue(_syntax.Json),
        };
    }

    private static void CheckNames(Operation operation, string word, string[] names)
    {
        switch (operation)
        {
            case Operation.Leave or Operation.Down when names.Length != 1:
                throw new UsageException($"{word} wants one node, as host:port: ./prove cluster members lists them");
            case Operation.Tree when names.Length > 1:
                throw new UsageException("one tree at a time can be shown");
            case Operation.Members or Operation.Shards when names.Length > 0:
                throw new UsageException($"{word} takes no names, but '{Excerpt.Of(names[0])}' is given");
        }
    }

    private bool IsSaid(Option option) => _words.GetResult(option) is { Implicit: false };

    private int? Number(Option<string> option, CountRange range)
    {
        if (_words.GetValue(option) is not { } text) return null;
        return range.TryRead(text, out var number) ? number : throw new UsageException(range.Complaint(option.Name, text));
    }
}
