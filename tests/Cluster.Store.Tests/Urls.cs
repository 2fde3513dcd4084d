using Npgsql;
using ProverCluster.Node.Store.Postgres;

namespace ProverCluster.Store;

public sealed class Urls
{
    [Theory]
    [InlineData("postgres://anna@db/goals", "postgres://anna@db:5432/goals", null)]
    [InlineData("postgresql://anna:pw@db.example.org:5433/goals", "postgres://anna@db.example.org:5433/goals", "pw")]
    [InlineData("postgres://an%40na:p%3A%2F%20%25w@127.0.0.1/go%20als", "postgres://an@na@127.0.0.1:5432/go als", "p:/ %w")]
    [InlineData("postgres://anna:;Host=evil;@[::1]:99/goals?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem", "postgres://anna@[::1]:99/goals", ";Host=evil;")]
    public void A_URL_is_read_and_shown_without_its_password(string text, string shown, string? password)
    {
        Assert.True(PostgresUrl.TryParse(text, out var url, out _));
        Assert.Equal((shown, password), (url.ToString(), url.Connection().Password));
        Assert.DoesNotContain("evil", url.Connection().Host);
    }

    [Theory]
    [InlineData("postgres://anna@db/goals", SslMode.Prefer)]
    [InlineData("postgres://anna@db/goals?sslmode=disable", SslMode.Disable)]
    [InlineData("postgres://anna@db/goals?sslmode=verify-full", SslMode.VerifyFull)]
    public void It_may_say_how_the_way_to_the_server_is_secured(string text, SslMode mode)
    {
        Assert.True(PostgresUrl.TryParse(text, out var url, out _));
        Assert.Equal(mode, url.Connection().SslMode);
    }

    [Theory]
    [InlineData("", "it does not begin with postgres:// or cannot be read")]
    [InlineData("/var/lib/store", "it does not begin with postgres:// or cannot be read")]
    [InlineData("mysql://a:s3cret@db/goals", "it does not begin with postgres:// or cannot be read")]
    [InlineData("postgres://a:s3cret@db:port/goals", "it does not begin with postgres:// or cannot be read")]
    [InlineData("postgres://db/goals", "it names no user")]
    [InlineData("postgres://a:s3cret@/goals", "it does not begin with postgres:// or cannot be read")]
    [InlineData("postgres://a:s3cret@db", "it names no database")]
    [InlineData("postgres://a:s3cret@db/", "it names no database")]
    [InlineData("postgres://a:s3cret@db/one/two", "it names no database")]
    [InlineData("postgres://a:s3cret@db/goals#s3cret", "it has a '#' in it")]
    [InlineData("postgres://a:s3cret@db/go%0Aals", "a control character is in it")]
    [InlineData("postgres://a:s3cret@db/goals?password=s3cret", "after the '?' only sslmode=disable|prefer|require|verify-ca|verify-full and sslrootcert=FILE are known")]
    [InlineData("postgres://a:s3cret@db/goals?sslmode=s3cret", "after the '?' only sslmode=disable|prefer|require|verify-ca|verify-full and sslrootcert=FILE are known")]
    public void What_is_none_is_refused_in_words_that_quote_nothing_of_it(string text, string why)
    {
        Assert.False(PostgresUrl.TryParse(text, out _, out var said));
        Assert.Equal(why, said);
    }
}
