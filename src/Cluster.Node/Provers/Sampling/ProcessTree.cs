using System.Buffers.Text;
using System.Text;
using ProverCluster.Node.Provers.Launching;

namespace ProverCluster.Node.Provers.Sampling;

/// <summary>Finds the processes of a run.</summary>
internal static class ProcessTree
{
    /// <summary>Far more than a prover needs; a fork bomb must not make us read forever.</summary>
    private const int Most = 4096;

    private static readonly bool HasChildren = File.Exists($"/proc/self/task/{Environment.ProcessId}/children");

    /// <summary>A process and all that descends from it; complete for a namespace's init, which adopts the namespace's orphans.</summary>
    internal static void AddDescendants(int root, RunTag tag, List<int> into)
    {
        if (!HasChildren)
        {
            AddTagged(tag, into);
            return;
        }

        var threads = new List<int>();
        into.Add(root);
        for (var i = into.Count - 1; i < into.Count && into.Count < Most; i++)
            AddChildren(into[i], threads, into);
    }

    /// <summary>The children of this process, the dead that nobody has waited for among them; none where the kernel does not tell.</summary>
    internal static List<int> ChildrenOfThisProcess()
    {
        var children = new List<int>();
        if (HasChildren)
            AddChildren(Environment.ProcessId, [], children);
        return children;
    }

    private static void AddChildren(int pid, List<int> threads, List<int> into)
    {
        Span<byte> suffix = stackalloc byte[40];
        Span<byte> children = stackalloc byte[32 * 1024];
        threads.Clear();
        ProcFiles.AddNumbers(pid, "/task"u8, threads);
        foreach (var thread in threads)
        {
            "/task/"u8.CopyTo(suffix);
            Utf8Formatter.TryFormat(thread, suffix[6..], out var digits);
            "/children"u8.CopyTo(suffix[(6 + digits)..]);
            var read = ProcFiles.Read(pid, suffix[..(6 + digits + 9)], children);
            AddWords(children[..read], into);
        }
    }

    /// <summary>Every process that carries a run's tag, whoever its parent is. Costs a look at every process of the machine.</summary>
    internal static void AddTagged(RunTag tag, List<int> into)
    {
        var all = new List<int>();
        ProcFiles.AddNumbers(0, default, all);
        foreach (var pid in all)
        {
            if (RunTag.Of(pid) == tag)
                into.Add(pid);
        }
    }

    /// <summary>Every process that carries a run's id in its environment; slower still.</summary>
    internal static void AddMarked(string run, List<int> into)
    {
        var all = new List<int>();
        ProcFiles.AddNumbers(0, default, all);
        into.AddRange(all.Where(pid => !into.Contains(pid) && RunTag.Of(pid) is { } tag && tag.Node != RunTag.ThisNode && IsMarked(pid, run)));
    }

    internal static bool IsMarked(int pid, string run)
    {
        Span<byte> environment = stackalloc byte[32 * 1024];
        var read = ProcFiles.Read(pid, "/environ"u8, environment);
        return Holds(environment[..read], CleanEnvironment.RunVariable, run) && Holds(environment[..read], CleanEnvironment.NodeVariable, RunTag.ThisNode.ToString());
    }

    private static bool Holds(ReadOnlySpan<byte> environment, string variable, string value) =>
        environment.IndexOf(Encoding.UTF8.GetBytes($"{variable}={value}\0")) >= 0;

    private static void AddWords(ReadOnlySpan<byte> words, List<int> into)
    {
        while (Utf8Parser.TryParse(words, out int pid, out var length))
        {
            into.Add(pid);
            words = words[Math.Min(length + 1, words.Length)..];
        }
    }
}
