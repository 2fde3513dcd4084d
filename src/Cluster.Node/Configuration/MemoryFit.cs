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
    /// <param name="nodes">How many nodes of this process share the machine; slots are those of each.</param>
    /// <exception cref="SettingsException">Not even the least memory fits.</exception>
    public static (NodeSettings Settings, string? Notice) Apply(NodeSettings settings, int raceWidth, int processors, long? machineBytes, int nodes = 1)
    {
        var (memory, folder) = (settings.Runs.MemoryBytes, settings.Runs.FolderBytes);
        // Together the nodes have no more processors than one would have.
        var slots = settings.Slots ?? Share(Math.Max(processors, raceWidth), nodes);
        if (machineBytes is not { } machine || slots <= machine / (memory + folder) / nodes) return (With(settings, slots, memory), null);

        var fewest = Math.Clamp(Share(raceWidth, nodes), 1, slots);
        var lowered = (int)Math.Max(fewest, machine / (memory + folder) / nodes);
        var each = Math.Min(memory, (machine / lowered / nodes) - folder);
        if (each < LeastPerRun)
            throw new SettingsException($"{Slots(lowered, nodes)}, each with a folder of {Mebibytes(folder)}, do not fit into the {Mebibytes(machine)} of this machine or container: lower slots{(nodes > 1 ? ", --nodes" : "")} or runs.folder-size, or name fewer backends");
        return (
            With(settings, lowered, each),
            $"{Slots(slots, nodes)} of {Mebibytes(memory)} and a folder of {Mebibytes(folder)} are more than the {Mebibytes(machine)} that this machine or container has: lowered to {Slots(lowered, nodes)} of {Mebibytes(each)}");
    }

    private static int Share(int slots, int nodes) => (slots + nodes - 1) / nodes;

    private static string Slots(int slots, int nodes) => nodes > 1 ? $"{slots} slots on each of {nodes} nodes" : $"{slots} slots";

    private static NodeSettings With(NodeSettings settings, int slots, long memory) =>
        settings with { Slots = slots, Runs = settings.Runs with { MemoryBytes = memory } };

    private static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MiB");
}
