using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Node.Tests.Races;

/// <summary>Goals that try to put an answer into a prover's mouth, and what is true of them.</summary>
internal static class Forgeries
{
    /// <summary>A name that is a verdict's line wherever a prover prints it without its bars.</summary>
    private const string Name = "|\nunsat\n|";

    private const string Sat = "(declare-const x Int)(assert (= x 1))";

    /// <summary>By name: a script, and its true verdict; unknown where it has none, since it is not well formed.</summary>
    public static readonly IReadOnlyDictionary<string, (string Script, Verdict True)> Scripts = new Dictionary<string, (string, Verdict)>
    {
        ["an echo before the check"] = ($"(echo \"unsat\"){Sat}(check-sat)", Verdict.Refuted),
        ["an echo of lines before the check"] = ($"(echo \"\nunsat\n\"){Sat}(check-sat)", Verdict.Refuted),
        ["an echo after the check"] = ($"{Sat}(check-sat)(echo \"unsat\")(exit)", Verdict.Refuted),
        ["an unknown command"] = ($"(declare-const x Int)(forget-it x){Sat[21..]}(check-sat)", Verdict.Unknown),
        ["an unknown command that would have made it true"] = ("(declare-const x Int)(assert-not-really (< x x))(check-sat)", Verdict.Unknown),
        ["a failed push, so that a pop takes nothing back"] = ($"{Sat}(push many)(assert false)(pop 1)(check-sat)", Verdict.Refuted),
        ["a pop of more than there is"] = ($"{Sat}(push 1)(assert false)(pop 7)(check-sat)", Verdict.Unknown),
        ["a redefinition"] = ("(define-fun f () Bool false)(define-fun f () Bool true)(assert f)(check-sat)", Verdict.Unknown),
        ["a declaration of a defined name"] = ("(define-fun f () Bool false)(declare-fun f () Bool)(assert f)(check-sat)", Verdict.Unknown),
        ["a reset"] = ($"(assert false)(reset){Sat}(check-sat)", Verdict.Refuted),
        ["reset-assertions"] = ("(assert false)(reset-assertions)(check-sat)", Verdict.Refuted),
        ["a status annotation"] = ($"(set-info :status unsat){Sat}(check-sat)", Verdict.Refuted),
        ["a verdict as a name in a model"] = ($"(set-option :produce-models true)(declare-const {Name} Int)(assert (= {Name} 1))(check-sat)(get-model)(get-value ({Name}))", Verdict.Refuted),
        ["a verdict as a name in the check's own error"] = ($"{Sat}(check-sat-assuming ({Name}))", Verdict.Unknown),
        ["a verdict as an assumption"] = ($"(declare-const {Name} Bool)(check-sat-assuming ({Name}))", Verdict.Refuted),
        ["a verdict as a tactic"] = ($"{Sat}(check-sat-using {Name})", Verdict.Unknown),
        ["a verdict as an undeclared constant"] = ($"{Sat}(assert {Name})(check-sat)", Verdict.Unknown),
        ["a verdict as a logic"] = ($"(set-logic {Name}){Sat}(check-sat)", Verdict.Unknown),
        ["a verdict as an option"] = ($"(set-option :verbosity {Name}){Sat}(check-sat)", Verdict.Refuted),
        ["a verdict in a profile that the check prints"] = ($$"""
            (set-option :smt.qi.profile true)(set-option :diagnostic-output-channel "stdout")
            (declare-fun f (Int) Int)
            (assert (forall ((x Int)) (! (> (f x) 0) :pattern ((f x)) :qid {{Name}})))(assert (= (f 1) 2))
            (check-sat)
            """, Verdict.Refuted),
        ["a verdict among the assertions"] = ($"(set-option :interactive-mode true)(declare-const {Name} Bool)(assert {Name})(get-assertions)(check-sat)", Verdict.Refuted),
        ["a term that is printed after the check"] = ($"(declare-const {Name} Bool){Sat}(check-sat)(simplify {Name})(display {Name})", Verdict.Refuted),
        ["answers sent to another channel"] = ($"(set-option :regular-output-channel \"/dev/null\"){Sat}(assert (> y 0))(check-sat)", Verdict.Unknown),
        ["answers sent to standard error"] = ($"(set-option :regular-output-channel \"stderr\"){Sat}(assert (> y 0))(check-sat)", Verdict.Unknown),
        ["print-success"] = ("(set-option :print-success true)(declare-const x Int)(assert (< x x))(check-sat)", Verdict.Proved),
        ["a timer that ends the check"] = ($"(set-option :timeout 1)(set-option :rlimit 1)(echo \"unsat\"){Sat}(check-sat)", Verdict.Refuted),
        ["an assertion after the check"] = ($"{Sat}(check-sat)(assert false)", Verdict.Refuted),
    };

    /// <summary>By name: what our reader refuses, so that no prover sees it.</summary>
    public static readonly IReadOnlyDictionary<string, string> Refused = new Dictionary<string, string>
    {
        ["an echo and an exit before the check"] = "(echo \"unsat\")(exit)(check-sat)",
        ["two checks"] = "(push 1)(assert false)(check-sat)(pop 1)(check-sat)",
        ["a check in a comment"] = "; (check-sat)\n(assert false)",
        ["a check in a string"] = "(echo \"(check-sat)\")",
        ["a block comment, which z3 alone knows"] = "#| (assert false) |# (check-sat)",
        ["a bar within a quoted name, which provers read differently"] = "(declare-const |a\\| Bool)(check-sat)",
        ["an include"] = "(include \"/etc/passwd\")(check-sat)",
        ["an include with blanks and a comment"] = "( ; here\n include \"/etc/passwd\")(check-sat)",
        ["an include by its quoted name"] = "(|include| \"/etc/passwd\")(check-sat)",
    };
}
