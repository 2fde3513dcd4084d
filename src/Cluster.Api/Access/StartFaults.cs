using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Access;

/// <summary>Why the server did not start, where that is a matter of the settings: its port, its address, or its certificate.</summary>
internal static class StartFaults
{
    /// <summary>Null for what is a defect of ours.</summary>
    public static string? Sentence(Exception failure, HttpSettings settings) => failure switch
    {
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => $"cannot answer on {Place(settings)}: the address is none of this machine's; choose another one with --http-host",
        IOException { InnerException: AddressInUseException } or AddressInUseException or SocketException => $"cannot answer on {Place(settings)}: {Why(failure)}; choose another port with --http",
        _ when settings.Kestrel is { } file && IsOfCertificate(failure) => $"{Excerpt.Visible(file)}: its certificate cannot be used: {Excerpt.Of(failure.Message.TrimEnd('.'))}",
        IOException => $"cannot answer on {Place(settings)}: {Why(failure)}; choose another port with --http",
        _ => null,
    };

    private static bool IsOfCertificate(Exception failure) =>
        failure is IOException or CryptographicException or InvalidOperationException or ArgumentException or UnauthorizedAccessException or FormatException or NotSupportedException;

    private static string Place(HttpSettings settings) => $"{settings.Host}:{settings.Port}";

    private static string Why(Exception failure) => Excerpt.Of((failure.InnerException?.Message ?? failure.Message).TrimEnd('.'));
}
