using System.Globalization;

namespace ProverCluster.Node.Configuration;

/// <summary>Settles the number of slots, so that all of them together cannot use more memory than there is.</summary>
public static class MemoryFit
{
    private const long LeastPerRun = 16L << 20;

    /// <summary>
    /// The settings with a number of slots, and a sentence if that or the memory of each run is not what was asked for.
    /// Slots go first, since fewer of them only make runs wait; but a race of one goal has to start whole, so below its
    /// width it is the memory of each run that is lowered. A run can fill its private folder too, which is in memory.
    /// </summary>
    /// <param name="settings">As they were read.</param>
    /// <param name="raceWidth">The backends that one goal may be raced on.</param>
    /// <param name="processors">How many this process may use.</param>
    /// <param name="machineBytes">What <see cref="MachineMemory"/> says.</param>
    /// <exception cref="SettingsException">Not even the least memory fits.</exception>
    public static (NodeSettings Settings, string? Notice) Apply(NodeSettings settings, int raceWidth, int processors, long? machineBytes)
    {
        var (memory, folder) = (settings.Runs.MemoryBytes, settings.Runs.FolderBytes);
        var slots = settings.Slots ?? Math.Max(processors, raceWidth);
        if (machineBytes is not { } machine || slots <= machine / (memory + folder)) return (With(settings, slots, memory), null);

        var fewest = Math.Clamp(raceWidth, 1, slots);
        var lowered = (int)Math.Max(fewest, machine / (memory + folder));
        var each = Math.Min(memory, (machine / lowered) - folder);
        if (each < LeastPerRun)
            throw new SettingsException($"{lowered} runs at once, each with a folder of {Mebibytes(folder)}, do not fit into the {Mebibytes(machine)} of this machine or container: lower slots or runs.folder-size, or name fewer backends");
        return (
            With(settings, lowered, each),
            $"{slots} slots of {Mebibytes(memory)} and a folder of {Mebibytes(folder)} are more than the {Mebibytes(machine)} that this machine or container has: lowered to {lowered} slots of {Mebibytes(each)}");
    }

    private static NodeSettings With(NodeSettings settings, int slots, long memory) =>
        settings with { Slots = slots, Runs = settings.Runs with { MemoryBytes = memory } };

    private static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MiB");
}
