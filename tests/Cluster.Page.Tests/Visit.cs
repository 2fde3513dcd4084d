using System.Collections.Concurrent;

namespace ProverCluster.Page;

/// <summary>Somebody looks at the page. Whatever a script complains of, or the browser forbids it, is kept.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly string Pictures = Directory.CreateDirectory(Path.Combine(Repo.Root, "artifacts/page")).FullName;

    private readonly IBrowserContext _context;
    private readonly Uri _address;
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly ConcurrentQueue<string> _addresses = [];

    public Visit(IBrowserContext context, IPage page, Uri address)
    {
        (_context, Page, _address) = (context, page, address);
        page.PageError += (_, fault) => _faults.Enqueue(fault);
        page.Console += (_, said) =>
        {
            // That a request was answered with a failure, or not at all, is written there by the browser itself, and is often what a spec is about.
            if (said.Type == "error" && !said.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _faults.Enqueue(said.Text);
        };
        page.Dialog += (_, dialog) =>
        {
            _faults.Enqueue($"a dialog says {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Request += (_, request) => _addresses.Enqueue(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Every address that was asked for.</summary>
    public IReadOnlyCollection<string> Addresses => _addresses;

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(_address, path).ToString());

    public ILocator Goals => Page.Locator("#goals-list li");

    public ILocator Goal(string name) => Page.GetByRole(AriaRole.Region, new() { Name = "Goals" }).GetByRole(AriaRole.Link).Filter(new() { HasText = name });

    public ILocator Race => Page.Locator("#race");

    /// <summary>The row of a backend's run.</summary>
    public ILocator Run(string backend) => Race.GetByRole(AriaRole.Row).Filter(new() { Has = Page.GetByRole(AriaRole.Rowheader, new() { Name = backend }) });

    /// <summary>How the page stands to the node.</summary>
    public ILocator Link => Page.Locator("#link");

    /// <summary>Kept under artifacts/page, to be looked at.</summary>
    public Task KeepPictureAsync(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}.png") });

    /// <summary>On a desk by day and in a hand by night; in a long run both by both.</summary>
    public async Task KeepPicturesAsync(string name, string narrowView)
    {
        var address = Page.Url;
        foreach (var (width, height) in new[] { (1280, 860), (390, 844) })
        {
            await Page.SetViewportSizeAsync(width, height);
            if (width < 1000)
                await Page.EvaluateAsync("hash => location.hash = hash", narrowView);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                if (!Stress.IsWanted && scheme == ColorScheme.Dark == width > 1000)
                    continue;
                await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await KeepPictureAsync($"{name}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}");
            }
        }

        await Page.SetViewportSizeAsync(1280, 860);
        await Page.EvaluateAsync("address => location.hash = new URL(address).hash || '#/'", address);
    }

    public void IsWell() => Assert.Empty(_faults);

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
