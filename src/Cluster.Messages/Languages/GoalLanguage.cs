namespace ProverCluster.Messages.Languages;

/// <summary>The languages a goal may be written in.</summary>
public enum GoalLanguage
{
    /// <summary>SMT-LIB 2: the goal is "this script's one check is unsatisfiable".</summary>
    SmtLib2,

    /// <summary>TPTP (CNF, FOF, TFF, THF): the goal is the conjecture, or, without one, "these are unsatisfiable".</summary>
    Tptp,

    /// <summary>DIMACS CNF: the goal is "this formula is unsatisfiable".</summary>
    Dimacs,
}

/// <summary>The names of the languages as users write them, and the file endings that tell them.</summary>
public static class GoalLanguages
{
    /// <summary>Every language with its name on the command line and its file endings.</summary>
    public static readonly IReadOnlyList<(GoalLanguage Language, string Name, string[] Endings)> All =
    [
        (GoalLanguage.SmtLib2, "smtlib2", [".smt2"]),
        (GoalLanguage.Tptp, "tptp", [".p", ".tptp"]),
        (GoalLanguage.Dimacs, "dimacs", [".cnf", ".dimacs"]),
    ];

    public static string Name(this GoalLanguage language) => All.First(entry => entry.Language == language).Name;

    public static GoalLanguage? FromName(string name) => Find(entry => entry.Name == name);

    public static GoalLanguage? FromFileName(string fileName) =>
        Find(entry => entry.Endings.Contains(Path.GetExtension(fileName), StringComparer.OrdinalIgnoreCase));

    private static GoalLanguage? Find(Func<(GoalLanguage Language, string Name, string[] Endings), bool> match)
    {
        foreach (var entry in All)
        {
            if (match(entry))
                return entry.Language;
        }

        return null;
    }
}
