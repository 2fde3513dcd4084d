using System.Net;
using ProverCluster.Api.Access;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Api;

/// <summary>The book of tokens by itself: when it looks, and what it says of those who guess.</summary>
public sealed class Guessing(AloneFixture alone) : IClassFixture<AloneFixture>
{
    [Fact]
    public void The_file_is_looked_at_once_a_second_until_the_end()
    {
        var clock = new HandClock();
        using var file = new TokensFile(TokensFile.Entry("alice", "read"));
        using (var book = Open(file, clock))
        {
            Assert.Equal([TimeSpan.FromSeconds(1)], clock.Periods);
            var alice = book.Find(TokensFile.Secret("alice"), null)!;
            file.Write(TokensFile.Entry("bob", "admin"));
            Assert.Same(alice, book.Find(TokensFile.Secret("alice"), null));
            clock.Tick();
            Assert.True(alice.Revoked.IsCancellationRequested);
            Assert.Null(book.Find(TokensFile.Secret("alice"), null));
            Assert.True(book.Find(TokensFile.Secret("bob"), null)!.Caller.IsAdmin);
        }

        Assert.Empty(clock.Periods);
    }

    [Fact]
    public async Task Wrong_tokens_are_said_at_most_once_in_a_minute_with_their_number()
    {
        var clock = new HandClock();
        var heard = new Heard(alone.Node);
        using var file = new TokensFile(TokensFile.Entry("alice", "read"));
        using var book = Open(file, clock);
        for (var times = 0; times < 1000; times++)
            Assert.Null(book.Find(TokensFile.Secret("mallory"), IPAddress.Loopback));
        await Eventually.True(() => heard.Lines.Count == 1, "the first is said");

        clock.Advance(TimeSpan.FromMinutes(1));
        book.Find("short", null);
        await Eventually.True(() => heard.Lines.Count == 2, "the others are");
        Assert.Equal("requests with a token that is nobody's since this was last said: 1, the latest from 127.0.0.1", heard.Lines[0]);
        Assert.Equal("requests with a token that is nobody's since this was last said: 1000, the latest from an unknown address", heard.Lines[1]);
        Assert.All(heard.Lines, line => Assert.DoesNotContain(TokensFile.Secret("mallory"), line));
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void A_token_that_is_too_short_to_be_safe_or_too_long_to_be_one_is_nobodys(int length, bool isGood)
    {
        var secret = new string('s', length);
        using var file = new TokensFile(TokensFile.Entry("alice", "read").Replace(TokensFile.Hash("alice"), TokensFile.HashOf(secret)));
        using var book = Open(file, new HandClock());
        Assert.Equal(isGood, book.Find(secret, null) is not null);
    }

    private TokenBook Open(TokensFile file, TimeProvider clock) => new(file.Path, File.ReadAllText(file.Path), clock, NodeLog.Of(alone.Node.Node.System));
}
