using Microsoft.Extensions.Hosting;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Provers;

/// <summary>Makes the launcher while the rest of the node is composed, waits for it when the node starts, and ends it also where the node never came to that.</summary>
internal sealed class LauncherStart(SandboxSettings sandbox) : IHostedService, IAsyncDisposable
{
    private readonly Task<ProverLauncher> _making = Task.Run(() => ProverLauncher.Create(sandbox.Mode, sandbox.Bubblewrap));
    private ProverLauncher? _launcher;

    /// <exception cref="InvalidOperationException">Asked for before the node starts.</exception>
    public IProverLauncher Launcher => _launcher ?? throw new InvalidOperationException("the launcher is there only when the node starts");

    public async Task StartAsync(CancellationToken cancellationToken) => _launcher = await _making.WaitAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await ((Task)_making).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_making.IsCompletedSuccessfully)
            (await _making).Dispose();
    }
}
