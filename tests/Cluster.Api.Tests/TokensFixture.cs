namespace ProverCluster.Api;

/// <summary>One node alone that wants tokens, and some who have one.</summary>
public sealed class TokensFixture : IAsyncLifetime
{
    private readonly TokensFile _file = new(
        TokensFile.Entry("alice", "submit, read"),
        TokensFile.Entry("bob", "submit, read"),
        TokensFile.Entry("submitter", "submit"),
        TokensFile.Entry("reader", "read"),
        TokensFile.Entry("root", "admin"));

    internal ApiNode Node { get; private set; } = null!;

    internal ApiNode As(string name) => Node.As(TokensFile.Secret(name));

    public async Task InitializeAsync() => Node = await ApiNode.StartAsync(_file.Hocon);

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        _file.Dispose();
    }
}
