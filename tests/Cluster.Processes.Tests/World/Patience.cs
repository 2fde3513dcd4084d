namespace ProverCluster.Processes.World;

/// <summary>Waits for what is to happen, and says what was missing when it does not.</summary>
internal static class Patience
{
    /// <summary>Far more than anything here takes: it ends a test that would else hang.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(45);

    public static async Task ForAsync(Task task, string what, Func<string> instead, TimeSpan? within = null)
    {
        var limit = Busy.Allow(within ?? Usual);
        try
        {
            await task.WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"waited {limit.TotalSeconds:0} s for {what}; instead: {instead()}");
        }
    }
}
