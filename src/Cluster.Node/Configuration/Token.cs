using System.Security.Cryptography;
using System.Text;

namespace ProverCluster.Node.Configuration;

/// <summary>Somebody who may come in over HTTP, as the file of tokens has it.</summary>
/// <param name="Name">Whose the goals are that come with it.</param>
/// <param name="Hash">Of the token, which itself is nowhere.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="MostOpen">Its goals in the whole cluster that are not settled; null for any number.</param>
public sealed record Token(string Name, TokenHash Hash, TokenRoles Roles, int? MostOpen);

[Flags]
public enum TokenRoles
{
    None = 0,

    /// <summary>Submits goals, follows its own and gives them up.</summary>
    Submit = 1,

    /// <summary>Sees its own goals, and what the cluster can run.</summary>
    Read = 2,

    /// <summary>All of that, with every goal.</summary>
    Admin = 4,
}

/// <summary>The SHA-256 of a token. Compared in constant time, and never shown, whatever prints it.</summary>
public sealed class TokenHash : IEquatable<TokenHash>
{
    private const int HexDigits = 2 * SHA256.HashSizeInBytes;

    private readonly byte[] _bytes;

    private TokenHash(byte[] bytes) => _bytes = bytes;

    public static TokenHash Of(string token) => new(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>As it stands in the file; null if that is none.</summary>
    public static TokenHash? OfHex(string? text) =>
        text is { Length: HexDigits } && text.All(char.IsAsciiHexDigit) ? new TokenHash(Convert.FromHexString(text)) : null;

    public bool Equals(TokenHash? other) => other is not null && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    public override bool Equals(object? obj) => Equals(obj as TokenHash);

    public override int GetHashCode() => BitConverter.ToInt32(_bytes);

    public override string ToString() => "(a hash)";
}
