using ProverCluster.Messages.Languages;

namespace ProverCluster.Messages.Tests.Languages;

public class Dimacs_formulas
{
    [Theory]
    [InlineData("c only a comment\n", "line 2, column 1: expected the header 'p cnf VARIABLES CLAUSES'")]
    [InlineData("1 2 0\n", "line 1, column 1: expected the header 'p cnf VARIABLES CLAUSES'")]
    [InlineData("p wcnf 1 1\n1 0\n", "line 1, column 1: expected the header 'p cnf VARIABLES CLAUSES'")]
    [InlineData("p cnf 1 1 1\n1 0\n", "line 1, column 1: expected the header 'p cnf VARIABLES CLAUSES'")]
    [InlineData("p cnf 1\n1 0\n", "line 1, column 8: expected a number")]
    [InlineData("p cnf x 1\n1 0\n", "line 1, column 7: expected a number")]
    [InlineData("p cnf -1 1\n1 0\n", "line 1, column 1: expected the header 'p cnf VARIABLES CLAUSES'")]
    [InlineData("p cnf 2 1\n1 0\n2 0\n", "the header lies: it declares 1 clauses and there are 2")]
    [InlineData("p cnf 2 3\n1 0\n2 0\n", "the header lies: it declares 3 clauses and there are 2")]
    [InlineData("p cnf 1 1\n2 0\n", "line 2, column 1: literal 2 is out of range: the header declares 1 variables")]
    [InlineData("p cnf 1 1\n-3 0\n", "line 2, column 1: literal -3 is out of range: the header declares 1 variables")]
    [InlineData("p cnf 1 1\n1\n", "line 3, column 1: the last clause is not ended by a 0")]
    [InlineData("p cnf 1 1\n1 x 0\n", "line 2, column 3: expected a number")]
    [InlineData("p cnf 1 1\n1-1 0\n", "line 2, column 1: expected a number")]
    [InlineData("p cnf 1 1\n99999999999999999999 0\n", "line 2, column 1: a number above 2147483647")]
    [InlineData("p cnf 4294967297 1\n1 0\n", "line 1, column 7: a number above 2147483647")]
    [InlineData("p cnf 1 1\n-0\n", "line 2, column 1: -0 is no literal")]
    [InlineData("p cnf 1 1\n1 0\n%\n0\nmore\n", "line 5, column 1: text after the closing %")]
    [InlineData("p cnf 1 1\np cnf 1 1\n1 0\n", "line 2, column 1: expected a number")]
    public void What_is_no_goal_is_refused_in_a_sentence(string text, string sentence) =>
        Assert.Equal(sentence, Texts.Rejection(GoalLanguage.Dimacs, Texts.Bytes(text)));

    [Theory]
    [InlineData("p cnf 0 0\n", 0, 0)]
    [InlineData("p cnf 0 1\n0\n", 0, 1)]
    [InlineData("c a\nc b\np cnf 3 2\n1 -2 0\n3 0\n", 3, 2)]
    [InlineData("p cnf 9 1\n1 -2 0", 9, 1)]
    public void A_plain_formula_is_given_to_provers_as_it_is(string text, int variables, int clauses)
    {
        var formula = Texts.Formula(text);
        Assert.Equal((variables, clauses), (formula.Variables, formula.Clauses));
        Assert.Equal(text, Texts.String(formula.PlainText()));
    }

    [Theory]
    [InlineData("p cnf 2 2\n1 2 0\n-1 0\n%\n0\n\n", "p cnf 2 2\n1 2 0\n-1 0\n")]
    [InlineData("p cnf 2 2\n1 2 0 -1 0\n", "p cnf 2 2\n1 2 0\n-1 0\n")]
    [InlineData("p cnf 2 1\n1\n2\n0\n", "p cnf 2 1\n1 2 0\n")]
    [InlineData("p cnf 2 1\nc why\n1 2 0\n", "p cnf 2 1\n1 2 0\n")]
    [InlineData("p cnf 2 1\n1\nc why\n2 0\n", "p cnf 2 1\n1 2 0\n")]
    [InlineData(" c x\r\n  p  cnf 02 1 \r\n\t01 2 0\r\n", "p cnf 2 1\n1 2 0\n")]
    public void An_odd_one_is_written_plainly(string text, string plain) => Assert.Equal(plain, Texts.String(Texts.Formula(text).PlainText()));
}
