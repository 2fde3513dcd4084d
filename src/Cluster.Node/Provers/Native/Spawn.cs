namespace ProverCluster.Node.Provers.Native;

/// <summary>Starts one process, in a session of its own, with exactly the descriptors it is given.</summary>
/// <remarks>The parent-death signal belongs to the thread that calls this: it must live as long as the node.</remarks>
internal static unsafe class Spawn
{
    // Twice what glibc's opaque types take on 64 bits (80, 336 and 128 bytes).
    private const int OpaqueSize = 768;

    private static bool _closeFrom = true;

    /// <param name="path">The executable.</param>
    /// <param name="arguments">With the name of the program as the first.</param>
    /// <param name="environment">As <c>NAME=value</c>.</param>
    /// <param name="descriptors">What the child sees as 0, 1, 2 and so on.</param>
    /// <param name="folder">Where it starts, or null for the node's own folder.</param>
    /// <returns>The child's pid.</returns>
    internal static int Start(
        string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, ReadOnlySpan<int> descriptors, string? folder = null)
    {
        using var executable = new CStrings([path]);
        using var argv = new CStrings(arguments);
        using var envp = new CStrings(environment);
        var actions = stackalloc byte[OpaqueSize];
        var attributes = stackalloc byte[OpaqueSize];
        Libc.FileActionsInit(actions);
        Libc.SpawnAttributesInit(attributes);
        try
        {
            for (var i = 0; i < descriptors.Length; i++)
                Libc.FileActionsAddDup2(actions, descriptors[i], i);

            if (folder is not null)
                Libc.FileActionsAddChdir(actions, folder);

            CloseTheRest(actions, descriptors.Length);

            // .NET ignores SIGPIPE, and whoever started the node may have left others ignored or blocked: a prover inherits none of it.
            var signals = stackalloc byte[OpaqueSize];
            new Span<byte>(signals, OpaqueSize).Clear();
            Libc.SpawnAttributesSetSigMask(attributes, signals);
            new Span<byte>(signals, OpaqueSize).Fill(0xff);
            Libc.SpawnAttributesSetSigDefault(attributes, signals);
            Libc.SpawnAttributesSetFlags(attributes, Libc.SpawnSetSigDef | Libc.SpawnSetSigMask | Libc.SpawnSetSid);

            var error = Libc.PosixSpawn(out var pid, *executable.Pointers, actions, attributes, argv.Pointers, envp.Pointers);
            return error == 0 ? pid : throw new NativeFailure(path, error);
        }
        finally
        {
            Libc.FileActionsDestroy(actions);
            Libc.SpawnAttributesDestroy(attributes);
        }
    }

    /// <summary>What whoever started the node left open would reach the prover: bubblewrap hands unknown descriptors on.</summary>
    private static void CloseTheRest(byte* actions, int from)
    {
        if (_closeFrom)
        {
            try
            {
                Libc.FileActionsAddCloseFrom(actions, from);
                return;
            }
            catch (EntryPointNotFoundException)
            {
                _closeFrom = false;
            }
        }

        Libc.CloseRangeOnExec(3);
    }
}
