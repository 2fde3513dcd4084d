using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Tests.Configuration;

/// <summary>The file that says who may come in: read whole, or refused in a sentence that quotes nothing which could be a token.</summary>
public sealed class TokenFileSpec : IDisposable
{
    private const string Path = "/etc/tokens.conf";
    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF";
    private const string Other = "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private readonly string _folder = Directory.CreateTempSubdirectory("token-file-spec-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_key_should_be_read()
    {
        var tokens = TokenFile.Parse(Path, $$"""
            # who may do what
            tokens {
              alice { sha256 = "{{Hash}}", roles = [submit, read], most-open = 100 }
              ci-2_b { sha256 = {{Other}}, roles = [admin] }
            }
            """);
        Assert.Equal(
            [new Token("alice", TokenHash.OfHex(Hash)!, TokenRoles.Submit | TokenRoles.Read, 100), new Token("ci-2_b", TokenHash.OfHex(Other)!, TokenRoles.Admin, null)], tokens);
    }

    [Fact]
    public void A_hash_should_be_that_of_its_token_however_its_digits_are_written()
    {
        Assert.Equal(TokenHash.OfHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), TokenHash.Of("abc"));
        Assert.Equal(TokenHash.OfHex("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"), TokenHash.Of("abc"));
        Assert.NotEqual(TokenHash.Of("abd"), TokenHash.Of("abc"));
    }

    [Fact]
    public void Nobody_should_be_in_an_empty_block() => Assert.Empty(TokenFile.Parse(Path, "tokens { }"));

    [Theory]
    [InlineData("", "a block in braces is wanted that is called tokens, and in it one for each token")]
    [InlineData("# nothing", "a block in braces is wanted that is called tokens, and in it one for each token")]
    [InlineData("tokens = 5", "a block in braces is wanted that is called tokens, and in it one for each token")]
    [InlineData("tokens = [a]", "a block in braces is wanted that is called tokens, and in it one for each token")]
    [InlineData("tokens { }\nmore = 5", "more is not a known key")]
    [InlineData("tokens {", "line 1: the '{' that stands here is never closed")]
    [InlineData("tokens { a = ${HOME} }", "line 1: substitutions are not available here; write the value itself")]
    [InlineData("tokens { alice = secret }", "tokens.alice is no block in braces with sha256 and roles in it")]
    [InlineData("tokens { alice { } }", "tokens.alice.sha256 is not the SHA-256 of a token, in 64 hexadecimal digits")]
    [InlineData("tokens { alice { sha256 = secret, roles = [read] } }", "tokens.alice.sha256 is not the SHA-256 of a token, in 64 hexadecimal digits")]
    [InlineData("tokens { alice { sha256 = \"" + Hash + "0\", roles = [read] } }", "tokens.alice.sha256 is not the SHA-256 of a token, in 64 hexadecimal digits")]
    [InlineData("tokens { alice { sha256 = [\"" + Hash + "\"], roles = [read] } }", "tokens.alice.sha256 is not the SHA-256 of a token, in 64 hexadecimal digits")]
    [InlineData("tokens { alice { sha256 = \"" + Hash + "\" } }", "tokens.alice.roles is not a list in brackets, with one or more of submit, read and admin in it")]
    [InlineData("tokens { alice { sha256 = \"" + Hash + "\", roles = [] } }", "tokens.alice.roles is not a list in brackets, with one or more of submit, read and admin in it")]
    [InlineData("tokens { alice { sha256 = \"" + Hash + "\", roles = read } }", "tokens.alice.roles is not a list in brackets, with one or more of submit, read and admin in it")]
    [InlineData("tokens { alice { sha256 = \"" + Hash + "\", roles = [read, secret] } }", "tokens.alice.roles is not a list in brackets, with one or more of submit, read and admin in it")]
    [InlineData("tokens { alice { sha256 = \"" + Hash + "\", roles = [read], most-open = 0 } }", "tokens.alice.most-open is not a whole number from 1 to 1000")]
    [InlineData("tokens { alice { sha256 = \"" + Hash + "\", roles = [read], most-open = secret } }", "tokens.alice.most-open is not a whole number from 1 to 1000")]
    [InlineData("tokens { alice { sha265 = \"" + Hash + "\", roles = [read] } }", "tokens.alice.sha265 is not a known key (did you mean 'sha256'?)")]
    [InlineData("tokens { alice { " + Hash + " = [read] } }", "a key is longer than any that is known here")]
    [InlineData("tokens { " + Hash + " { roles = [read] } }", "a token's name is not 1 to 32 letters, digits, '_' or '-', the first a letter or digit")]
    [InlineData("tokens { \"a b\" { roles = [read] } }", "a token's name is not 1 to 32 letters, digits, '_' or '-', the first a letter or digit")]
    [InlineData("tokens { a { sha256 = \"" + Hash + "\", roles = [read] }\nb { sha256 = \"" + Hash + "\", roles = [admin] } }", "a and b have the same sha256, but each token is to be somebody's")]
    public void What_is_wrong_should_be_told_in_a_sentence_that_quotes_no_value(string text, string sentence)
    {
        var told = Assert.Throws<SettingsException>(() => TokenFile.Parse(Path, text)).Message;
        Assert.Equal($"{Path}: {sentence}", told);
        Assert.DoesNotContain(Hash, told);
        Assert.DoesNotContain("secret", told);
    }

    [Fact]
    public void A_file_that_others_may_write_should_be_refused_also_behind_a_link()
    {
        var file = Write("tokens { }", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal("tokens { }", TokenFile.ReadText(file));
        var link = System.IO.Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, file);
        Assert.Equal("tokens { }", TokenFile.ReadText(link));

        foreach (var others in new[] { UnixFileMode.GroupWrite, UnixFileMode.OtherWrite })
        {
            Write("tokens { }", UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
            foreach (var path in new[] { file, link })
                Assert.Equal($"{path}: others than its owner may write this file, and whoever writes it may do everything: chmod go-w is wanted", Refusal(path));
        }
    }

    [Fact]
    public void A_file_that_cannot_be_read_should_be_told()
    {
        Assert.StartsWith("/nowhere/tokens.conf: cannot be read as a file of tokens: ", Refusal("/nowhere/tokens.conf"));
        Assert.StartsWith($"{_folder}: cannot be read as a file of tokens: ", Refusal(_folder));
        var file = Write("", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(file, [0xc3, 0x28]);
        Assert.StartsWith($"{file}: cannot be read as a file of tokens: ", Refusal(file));
    }

    [Fact]
    public void No_hash_should_be_shown_by_whatever_prints_settings()
    {
        var token = TokenFile.Parse(Path, $$"""tokens { alice { sha256 = "{{Hash}}", roles = [read] } }""").Single();
        Assert.Contains("alice", $"{token}");
        Assert.DoesNotContain(Hash, $"{token} {token.Hash}", StringComparison.OrdinalIgnoreCase);
        var settings = NodeSettings.Read(SettingsFiles.LoadShipped().With("my.conf", $"prover-cluster.http.tokens = \"{Path}\""));
        Assert.Contains(Path, $"{settings}");
    }

    private static string Refusal(string path) => Assert.Throws<SettingsException>(() => TokenFile.ReadText(path)).Message;

    private string Write(string text, UnixFileMode mode)
    {
        var file = System.IO.Path.Combine(_folder, "tokens.conf");
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, mode);
        return file;
    }
}
