using System.Net;
using System.Net.Sockets;

namespace ProverCluster.Wire;

/// <summary>Stands where connections are made to, and leads them on to the same port of another address; one of them it can keep waiting.</summary>
internal sealed class Relay : IAsyncDisposable
{
    /// <summary>Loopback too.</summary>
    public const string Behind = "127.0.0.2";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _open = [];
    private readonly List<Task> _relayed = [];
    private readonly Task _accepting;
    private readonly int _port;
    private TaskCompletionSource? _release;
    private bool _wantsOne;

    public Relay()
    {
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port => _port;

    /// <summary>Whether one waits.</summary>
    public bool Holds { get; private set; }

    /// <summary>The next one has to wait.</summary>
    public void Hold()
    {
        _release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _wantsOne = true;
    }

    /// <summary>The one that waits is led on.</summary>
    public void Release() => _release!.SetResult();

    /// <summary>Ends those that there are.</summary>
    public void Drop()
    {
        lock (_gate)
        {
            _open.ForEach(each => each.Dispose());
            _open.Clear();
        }
    }

    /// <summary>Ends those that there are, and refuses new ones.</summary>
    public async Task CloseAsync()
    {
        _listener.Dispose();
        await _accepting;
        Drop();
    }

    public async ValueTask DisposeAsync()
    {
        _release?.TrySetResult();
        await CloseAsync();
        await Task.WhenAll(_relayed);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var from = await _listener.AcceptTcpClientAsync();
                var waits = _wantsOne ? _release!.Task : Task.CompletedTask;
                Holds |= _wantsOne;
                _wantsOne = false;
                _relayed.Add(RelayAsync(from, waits));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RelayAsync(TcpClient from, Task waits)
    {
        using var to = new TcpClient();
        using (from)
        {
            try
            {
                lock (_gate)
                    _open.AddRange([from, to]);
                await waits;
                await to.ConnectAsync(IPAddress.Parse(Behind), _port);
                // The end of either is the end of both.
                await await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream()), to.GetStream().CopyToAsync(from.GetStream()));
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // One of them has gone.
            }
        }
    }
}
