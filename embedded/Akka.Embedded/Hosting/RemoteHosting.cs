using Akka.Hosting;

namespace Akka.Remote.Hosting;

public static class AkkaRemoteHostingExtensions
{
    /// <summary>Makes the system reachable. Port 0 stands for one that is free.</summary>
    public static AkkaConfigurationBuilder WithRemoting(
        this AkkaConfigurationBuilder builder, string hostname = null, int? port = null, string publicHostname = null, int? publicPort = null)
    {
        if (hostname is not null) builder.AddHocon($"akka.remote.dot-netty.tcp.hostname = \"{hostname}\"", HoconAddMode.Prepend);
        if ((publicPort ?? port) is { } reached) builder.AddHocon($"akka.remote.dot-netty.tcp.port = {reached}", HoconAddMode.Prepend);
        if (publicHostname is not null) builder.AddHocon($"akka.remote.dot-netty.tcp.public-hostname = \"{publicHostname}\"", HoconAddMode.Prepend);
        return builder.WithProvider("remote");
    }
}
