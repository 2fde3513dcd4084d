using System.Diagnostics;

namespace ProverCluster.Testing;

/// <summary>Waits for what is the case in the world: it looks again and again, and no longer than it is worth.</summary>
internal static class Eventually
{
    // A look may be dear, and others wait too: who has waited long may wait a tenth longer.
    private static TimeSpan PauseAfter(TimeSpan waited) => TimeSpan.FromMilliseconds(Math.Clamp(waited.TotalMilliseconds / 10, 5, 100));

    /// <summary>Returns once it is so; fails with what was seen last if that takes too long.</summary>
    public static async Task True(Func<bool> isSo, string what, TimeSpan? within = null, Func<object?>? instead = null)
    {
        var since = Stopwatch.StartNew();
        while (!isSo())
        {
            if (since.Elapsed > (within ?? TimeSpan.FromSeconds(60)))
                Assert.Fail($"after {since.Elapsed.TotalSeconds:0.0} s still not so: {what}{(instead is null ? "" : $"; instead: {instead()}")}");

            await Task.Delay(PauseAfter(since.Elapsed));
        }
    }
}
