using ProverCluster.Messages.Languages;

namespace ProverCluster.Cli.Inputs;

/// <summary>From the words of the command line to goals, in order; folders are walked when their turn comes.</summary>
internal sealed class InputFinder(GoalLanguage? language)
{
    private static readonly string Endings = string.Join(", ", GoalLanguages.All.SelectMany(entry => entry.Endings));
    private static readonly string Names = string.Join(", ", GoalLanguages.All.Select(entry => entry.Name));

    public IEnumerable<GoalInput> Find(IEnumerable<string> words) => words.SelectMany(Find);

    private IEnumerable<GoalInput> Find(string word)
    {
        if (word == GoalInput.StandardInput)
            return [new GoalInput(word, language, language is null ? $"standard input has no ending that tells its language: say --language ({Names})" : null)];
        if (word.Length == 0) return [new GoalInput(word, null, "a goal without a name")];
        if (Directory.Exists(word)) return Folder(word);
        return [File(word)];
    }

    private GoalInput File(string path)
    {
        var known = language ?? GoalLanguages.FromFileName(path);
        return known is null && FileKinds.Of(path) is not null
            ? new GoalInput(path, null, $"its language is not known from its ending (known are {Endings}): say --language ({Names})")
            : new GoalInput(path, known);
    }

    private IEnumerable<GoalInput> Folder(string folder)
    {
        var found = new List<GoalInput>();
        Walk(folder, found);
        if (found.Count == 0)
        {
            var endings = language is null ? Endings : string.Join(", ", GoalLanguages.All.First(entry => entry.Language == language).Endings);
            return [new GoalInput(folder, null, $"the folder holds no goals (no file that ends in {endings})")];
        }
        found.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return found;
    }

    private void Walk(string folder, List<GoalInput> found)
    {
        FileSystemInfo[] entries;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            found.Add(new GoalInput(folder, null, $"the folder cannot be read: {Problems.Words(e)}"));
            return;
        }
        foreach (var entry in entries)
        {
            var path = Path.Combine(folder, entry.Name);
            // A link may lead out of the folder, or in a circle.
            if (entry.LinkTarget is not null) continue;
            if (entry is DirectoryInfo) Walk(path, found);
            else if (IsGoal(entry.Name) is { } known && FileKinds.Of(path) == FileKind.Regular) found.Add(new GoalInput(path, known));
        }
    }

    private GoalLanguage? IsGoal(string name) =>
        GoalLanguages.FromFileName(name) is { } known && (language ?? known) == known ? known : null;
}
