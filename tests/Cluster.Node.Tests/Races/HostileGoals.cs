namespace ProverCluster.Node.Tests.Races;

/// <summary>Goals that make their prover write to a file of their choice.</summary>
internal static class HostileGoals
{
    private const string Unsatisfiable = """
        (declare-fun a () (_ BitVec 8))(declare-fun b () (_ BitVec 8))
        (assert (not (= (bvmul a b) (bvmul b a))))
        (check-sat)
        """;

    public static TheoryData<string> Names => [.. Writing("").Keys];

    /// <summary>By what they use, those that write to a path.</summary>
    public static IReadOnlyDictionary<string, string> Writing(string path) => new Dictionary<string, string>
    {
        ["regular-output-channel"] = $"(set-option :regular-output-channel \"{path}\")(set-logic QF_BV){Unsatisfiable}(get-info :name)",
        ["diagnostic-output-channel"] = $"(set-option :diagnostic-output-channel \"{path}\")(set-option :verbose 10)(set-logic QF_BV){Unsatisfiable}",
        ["trace_file_name"] = $"(set-option :trace true)(set-option :trace_file_name \"{path}\")(set-logic QF_BV){Unsatisfiable}",
        ["sat.drat.file"] = $"(set-option :sat.drat.file \"{path}\")(set-logic QF_BV){Unsatisfiable}",
    };
}
