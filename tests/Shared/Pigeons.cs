namespace ProverCluster.Testing;

/// <summary>More pigeons than holes, as a formula: easy to see, and with a few more of them hard to prove by resolution.</summary>
internal static class Pigeons
{
    /// <summary>One hole less than pigeons. Eleven of them take every SAT solver longer than a test may last.</summary>
    public static string Dimacs(int pigeons)
    {
        var holes = pigeons - 1;
        var clauses = Enumerable.Range(0, pigeons).Select(p => string.Join(' ', Enumerable.Range(0, holes).Select(h => Sits(p, h))) + " 0").ToList();
        clauses.AddRange(
            from hole in Enumerable.Range(0, holes)
            from one in Enumerable.Range(0, pigeons)
            from other in Enumerable.Range(one + 1, pigeons - one - 1)
            select $"-{Sits(one, hole)} -{Sits(other, hole)} 0");
        return $"p cnf {pigeons * holes} {clauses.Count}\n{string.Join('\n', clauses)}\n";

        int Sits(int pigeon, int hole) => (pigeon * holes) + hole + 1;
    }

    /// <summary>The same for provers of SMT-LIB 2.</summary>
    public static string SmtLib(int pigeons)
    {
        var lines = Dimacs(pigeons).TrimEnd('\n').Split('\n')[1..].Select(line => line.Split(' ')[..^1]);
        var names = Enumerable.Range(1, pigeons * (pigeons - 1)).Select(i => $"(declare-const p{i} Bool)");
        var asserts = lines.Select(literals => $"(assert (or {string.Join(' ', literals.Select(each => each[0] == '-' ? $"(not p{each[1..]})" : $"p{each}"))}))");
        return $"(set-logic QF_UF)\n{string.Join('\n', names.Concat(asserts))}\n(check-sat)\n";
    }

    /// <summary>The same for provers of first-order clauses.</summary>
    public static string Tptp(int pigeons)
    {
        var lines = Dimacs(pigeons).TrimEnd('\n').Split('\n')[1..].Select(line => line.Split(' ')[..^1]);
        return string.Join('\n', lines.Select((literals, i) =>
            $"cnf(c{i}, axiom, ({string.Join(" | ", literals.Select(each => each[0] == '-' ? $"~ p{each[1..]}" : $"p{each}"))}))."));
    }
}
