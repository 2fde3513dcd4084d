using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Tests.Configuration;

public sealed class MemorySpec : IDisposable
{
    private const long GiB = 1L << 30;

    private static readonly NodeSettings Settings = NodeSettings.Read(SettingsFiles.LoadShipped());

    private readonly string _root = Directory.CreateTempSubdirectory("memory-spec-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    // asked slots, width, processors, machine; then slots, MiB each (beside a folder of 256), said
    [InlineData(null, 5, 8, 64, 8, 2048, false)]
    [InlineData(null, 5, 2, 64, 5, 2048, false)]
    [InlineData(null, 5, 64, 32, 14, 2048, true)]
    [InlineData(null, 5, 2, 8, 5, 1382, true)]
    [InlineData(16, 5, 2, 64, 16, 2048, false)]
    [InlineData(28, 5, 2, 64, 28, 2048, false)]
    [InlineData(64, 5, 2, 64, 28, 2048, true)]
    [InlineData(2, 5, 2, 2, 2, 768, true)]
    [InlineData(1024, 5, 2, 2, 5, 153, true)]
    public void Slots_should_be_lowered_first_and_memory_only_below_the_width_of_a_race(
        int? asked, int width, int processors, int machineGiB, int slots, int mebibytes, bool isSaid)
    {
        var (fitted, notice) = MemoryFit.Apply(Settings with { Slots = asked }, width, processors, machineGiB * GiB);
        Assert.Equal((slots, mebibytes), (fitted.Slots, (int)(fitted.Runs.MemoryBytes >> 20)));
        Assert.Equal(isSaid, notice is not null);
        Assert.True(fitted.Slots * (fitted.Runs.MemoryBytes + fitted.Runs.FolderBytes) <= machineGiB * GiB);
    }

    [Theory]
    // asked slots, nodes, width, processors, machine; then slots of each node, MiB of each run, said
    [InlineData(null, 3, 5, 2, 64, 2, 2048, false)]
    [InlineData(null, 3, 5, 8, 64, 3, 2048, false)]
    [InlineData(null, 64, 5, 2, 256, 1, 2048, false)]
    [InlineData(8, 2, 5, 2, 16, 3, 2048, true)]
    [InlineData(4, 3, 5, 2, 6, 2, 768, true)]
    public void Nodes_of_one_machine_should_share_it(int? asked, int nodes, int width, int processors, int machineGiB, int slots, int mebibytes, bool isSaid)
    {
        var (fitted, notice) = MemoryFit.Apply(Settings with { Slots = asked }, width, processors, machineGiB * GiB, nodes);
        Assert.Equal((slots, mebibytes), (fitted.Slots, (int)(fitted.Runs.MemoryBytes >> 20)));
        Assert.Equal(isSaid, notice is not null);
        Assert.True(nodes * fitted.Slots * fitted.Runs.MemoryBytes <= machineGiB * GiB);
    }

    [Fact]
    public void What_is_lowered_should_be_told_in_one_sentence() => Assert.Equal(
        "64 slots of 2048 MiB and a folder of 256 MiB are more than the 65536 MiB that this machine or container has: lowered to 28 slots of 2048 MiB",
        MemoryFit.Apply(Settings with { Slots = 64 }, 5, 2, 64 * GiB).Notice);

    [Fact]
    public void Too_little_for_one_race_should_be_refused() =>
        Assert.Throws<SettingsException>(() => MemoryFit.Apply(Settings, 5, 2, 1L << 30));

    [Fact]
    public void Fewer_processors_than_the_machine_has_memory_for_should_be_no_news() => Assert.Null(MemoryFit.Apply(Settings, 5, 16, 36 * GiB).Notice);

    [Fact]
    public void An_unknown_machine_should_lower_nothing() => Assert.Equal(1024, MemoryFit.Apply(Settings with { Slots = 1024 }, 5, 2, null).Settings.Slots);

    [Fact]
    public void The_machine_should_be_what_meminfo_says()
    {
        Write("proc/meminfo", "MemTotal:       24684096 kB\nMemFree:  1 kB\n");
        Assert.Equal(24684096L * 1024, MachineMemory.Bytes(_root));
    }

    [Fact]
    public void The_limit_of_a_container_should_count_on_whatever_group_it_stands()
    {
        Write("proc/meminfo", "MemTotal:       24684096 kB\n");
        Write("proc/self/cgroup", "0::/pod/box\n");
        Write("sys/fs/cgroup/pod/box/memory.max", "max\n");
        Write("sys/fs/cgroup/pod/memory.max", "1073741824\n");
        Assert.Equal(GiB, MachineMemory.Bytes(_root));
    }

    [Fact]
    public void Version_1_of_control_groups_should_count_too()
    {
        Write("proc/meminfo", "MemTotal:       24684096 kB\n");
        Write("proc/self/cgroup", "4:cpu,memory:/docker/x\n0::/\n");
        Write("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912\n");
        Assert.Equal(GiB / 2, MachineMemory.Bytes(_root));
    }

    [Fact]
    public void No_limit_should_be_none()
    {
        Write("proc/meminfo", "MemTotal:       1024 kB\n");
        Write("proc/self/cgroup", "4:memory:/\n");
        Write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        Assert.Equal(1L << 20, MachineMemory.Bytes(_root));
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
