using System.CommandLine;
using ProverCluster.Cli.Arguments;
using ProverCluster.Messages.Goals;
using ProverCluster.Messages.Ids;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Cli.Questions;

/// <summary>From the words behind <c>status</c>, <c>watch</c>, <c>withdraw</c>, <c>backends</c> or <c>cache</c> to a question, or to the sentence that says why not.</summary>
internal sealed class QuestionArguments
{
    private static readonly Dictionary<string, Question> Questions = Enum.GetValues<Question>().ToDictionary(question => question.ToString().ToLowerInvariant());
    private static readonly Choice<GoalState> States = new([.. Enum.GetValues<GoalState>().Select(state => (state.Word(), state))]);

    private readonly QuestionSyntax _syntax = new();
    private readonly ParseResult _words;
    private readonly string _name;

    public QuestionArguments(string[] words)
    {
        _name = words[0];
        _words = _syntax.Parse(words.Skip(1));
    }

    /// <summary>A goal in a file of that name is given as <c>./status</c>.</summary>
    public static bool IsQuestion(string[] words) => words is [var first, ..] && Questions.ContainsKey(first);

    public bool WantsHelp => _words.GetValue(_syntax.Help);

    /// <exception cref="UsageException">Something about the words is wrong.</exception>
    public QuestionOptions Read()
    {
        var ids = _words.GetValue(_syntax.Goals) ?? [];
        if (ids.FirstOrDefault(id => id.StartsWith('-')) is { } option)
            throw new UsageException($"'{Excerpt.Of(option)}' is not a known option{NearestName.Hint(option.Split('=', ':')[0], _syntax.Options.Select(each => each.Name))}");
        if (_words.Errors.Count > 0) throw new UsageException(Excerpt.Visible(_words.Errors[0].Message.TrimEnd('.')));
        var question = Questions[_name];
        RefuseWhatDoesNotBelong(question);
        if (question is Question.Watch or Question.Withdraw && ids.Length == 0) throw new UsageException($"{_name} wants the id of a goal: ./prove status lists them");
        if (question == Question.Watch && ids.Length > 1) throw new UsageException("one goal at a time can be watched");
        if (question == Question.Backends && ids.Length > 0) throw new UsageException($"backends takes no names, but '{Excerpt.Of(ids[0])}' is given");
        if (question == Question.Cache && ids is not ["show" or "clear"]) throw new UsageException("cache wants one word: show or clear");
        return new QuestionOptions
        {
            Question = question,
            Goals = question == Question.Cache ? [] : [.. ids.Select(Id)],
            Clears = question == Question.Cache && ids is ["clear"],
            Cluster = _words.GetValue(_syntax.Cluster) ?? [],
            TokenFile = _words.GetValue(_syntax.TokenFile),
            State = State(),
            Labels = ProveArguments.Labels(_words.GetValue(_syntax.Label) ?? []),
            ShowRuns = _words.GetValue(_syntax.Runs),
            IsJson = _words.GetValue(_syntax.Json),
        };
    }

    private void RefuseWhatDoesNotBelong(Question question)
    {
        Option[] others = question switch
        {
            Question.Status => [],
            Question.Watch => [_syntax.State, _syntax.Label, _syntax.Runs, _syntax.Json],
            Question.Withdraw => [_syntax.State, _syntax.Label],
            _ => [_syntax.State, _syntax.Label, _syntax.Runs],
        };
        if (others.FirstOrDefault(option => _words.GetResult(option) is { Implicit: false }) is { } other) throw new UsageException($"{other.Name} has no meaning for {_name}");
    }

    private static GoalId Id(string text) =>
        GoalId.TryParse(text, out var id) ? id : throw new UsageException($"'{Excerpt.Of(text)}' is not the id of a goal: 1 to 64 letters, digits, '.', '_' or '-' are wanted");

    private GoalState? State()
    {
        if (_words.GetValue(_syntax.State) is not { } text) return null;
        return States.TryRead(text, out var state) ? state : throw new UsageException(States.Complaint(_syntax.State.Name, text));
    }
}
