using System.Security.Cryptography;

namespace ProverCluster.Messages.Languages;

/// <summary>Names a goal's text by what it is, so that the text itself need not travel in messages.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">The length of the text.</param>
public sealed record TextDigest(string Sha256, long Bytes)
{
    public static TextDigest Of(ReadOnlySpan<byte> text) => new(Convert.ToHexStringLower(SHA256.HashData(text)), text.Length);
}
