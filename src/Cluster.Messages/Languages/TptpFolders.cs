using System.Diagnostics.CodeAnalysis;

namespace ProverCluster.Messages.Languages;

/// <summary>Where the files are that a TPTP problem may include.</summary>
public interface ITptpFiles
{
    /// <param name="name">As the include names it, without quotes.</param>
    /// <param name="path">What tells this file from all others.</param>
    /// <param name="text">Its bytes.</param>
    /// <param name="refusal">Why there is no text, in words that follow the include's name.</param>
    bool TryRead(string name, [NotNullWhen(true)] out string? path, out ReadOnlyMemory<byte> text, [NotNullWhen(false)] out string? refusal);
}

/// <summary>
/// The goal's own folder, then $TPTP: below them only, and through no link, because a goal is untrusted and what it
/// includes is sent to a cluster and quoted in messages.
/// </summary>
/// <param name="Goal">The goal's folder, or null if it has none.</param>
/// <param name="Tptp">The folder of the TPTP library, or null.</param>
public sealed record TptpFolders(string? Goal, string? Tptp) : ITptpFiles
{
    public bool TryRead(string name, [NotNullWhen(true)] out string? path, out ReadOnlyMemory<byte> text, [NotNullWhen(false)] out string? refusal)
    {
        (path, text) = (null, default);
        refusal = Refuse(name);
        if (refusal is not null)
            return false;
        foreach (var root in new[] { Goal, Tptp })
        {
            if (string.IsNullOrEmpty(root) || !TryFind(root, name, out var found, out refusal))
            {
                if (refusal is not null)
                    return false;
                continue;
            }

            path = found;
            return TryRead(found, out text, out refusal);
        }

        refusal = string.IsNullOrEmpty(Tptp) ? "is not in the goal's folder, and no TPTP folder is set" : "is neither in the goal's folder nor in the TPTP folder";
        return false;
    }

    private static string? Refuse(string name)
    {
        if (name.Length == 0)
            return "has no name";
        if (name[0] is '/' or '~' || Path.IsPathRooted(name))
            return "is absolute; only files below the goal's folder or the TPTP folder can be included";
        return name.Contains('\\') || name.Split('/').Contains("..")
            ? "leaves its folder; only files below the goal's folder or the TPTP folder can be included"
            : null;
    }

    private static bool TryFind(string root, string name, out string found, out string? refusal)
    {
        (found, refusal) = (root, null);
        foreach (var part in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = Path.Combine(found, part);
            if (new FileInfo(found).LinkTarget is not null)
            {
                refusal = "goes through a link";
                return false;
            }
        }

        return File.Exists(found);
    }

    private static bool TryRead(string path, out ReadOnlyMemory<byte> text, [NotNullWhen(false)] out string? refusal)
    {
        (text, refusal) = (default, null);
        try
        {
            // Pipes and devices have no length: they are never opened, since that could wait for ever.
            var length = new FileInfo(path).Length;
            if (length > GoalReader.MaxBytes)
                refusal = "is larger than a goal may be";
            else if (length > 0)
                text = File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            refusal = "cannot be read";
        }

        return refusal is null;
    }
}
