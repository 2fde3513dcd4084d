namespace ProverCluster.Messages.Records;

/// <summary>Who asks over a public interface.</summary>
/// <param name="Name">A token's name; empty where none is needed.</param>
/// <param name="IsAdmin">Whether every goal is shown, and not this caller's own alone.</param>
public sealed record Caller(string Name, bool IsAdmin)
{
    /// <summary>Whoever asks where nobody needs a token.</summary>
    public static readonly Caller Anyone = new("", IsAdmin: false);

    public bool Sees(string owner) => IsAdmin || Name == owner;
}
