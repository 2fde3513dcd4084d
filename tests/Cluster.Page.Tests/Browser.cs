namespace ProverCluster.Page;

/// <summary>The machine's own Chromium, without a window: one for all specs, begun when the first of them looks at a page.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>The name of the program, and of Debian's package.</summary>
    public const string Program = "chromium";

    private const int TooLong = 120_000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Task InitializeAsync()
    {
        // Any machine is slower than one expects: what is awaited here comes by itself.
        Assertions.SetDefaultExpectTimeout(TooLong);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens the page of a node in a window of its own, which knows nothing of others.</summary>
    internal async Task<Visit> VisitAsync(ApiNode node, string path = "", int width = 1280, int height = 860, bool isDark = false)
    {
        var browser = await StartAsync();
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            // By day and in English, so that pictures can be compared.
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(TooLong);
        var visit = new Visit(context, await context.NewPageAsync(), node.Client.BaseAddress!);
        await visit.GoAsync(path);
        return visit;
    }

    private async Task<IBrowser> StartAsync()
    {
        await _turn.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            // It looks at our own page alone; its sandbox is refused to root, and in many containers.
            return _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path(), ChromiumSandbox = false, Args = ["--disable-gpu"] });
        }
        finally
        {
            _turn.Release();
        }
    }

    private static string Path() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Select(folder => System.IO.Path.Combine(folder, Program)).First(File.Exists);
}

[CollectionDefinition(nameof(Browser))]
public sealed class BrowserCollection : ICollectionFixture<Browser>;
