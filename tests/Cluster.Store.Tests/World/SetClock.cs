namespace ProverCluster.Store;

/// <summary>A machine's two clocks, the monotonic one and that on the wall, which are moved by hand. Its timers are real.</summary>
internal sealed class SetClock : TimeProvider
{
    public TimeSpan Monotonic { get; set; } = TimeSpan.FromHours(10);

    public DateTimeOffset Wall { get; set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Monotonic.Ticks;

    public override DateTimeOffset GetUtcNow() => Wall;

    /// <summary>Time passes, as both see it.</summary>
    public void Pass(TimeSpan span) => (Monotonic, Wall) = (Monotonic + span, Wall + span);
}
