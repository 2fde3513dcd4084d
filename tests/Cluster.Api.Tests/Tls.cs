using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api;

/// <summary>HTTPS by the server's own settings.</summary>
public sealed class Tls : IClassFixture<AloneFixture>, IDisposable
{
    private const string Password = "the-password-of-a-spec";

    private readonly AloneFixture _alone;
    private readonly string _folder = Directory.CreateTempSubdirectory("tls-spec-").FullName;

    public Tls(AloneFixture alone)
    {
        _alone = alone;
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=prover.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(At("node.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(At("node.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(At("node.pfx"), certificate.Export(X509ContentType.Pkcs12, Password));
        File.WriteAllText(At("none.pem"), "no certificate");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("{\"Path\":\"node.pem\",\"KeyPath\":\"node.key\"}")]
    [InlineData("{\"Path\":\"node.pfx\",\"Password\":\"" + Password + "\"}")]
    public async Task With_a_certificate_the_node_speaks_HTTPS_and_nothing_else(string certificate)
    {
        using var file = new TokensFile(TokensFile.Entry("alice", "submit, read"));
        await using var node = await ApiNode.StartAsync($"{file.Hocon}prover-cluster.http.kestrel = \"{Write(Default(certificate))}\"");
        Assert.Equal("https", node.Server.Address.Scheme);
        Assert.Equal("CN=prover.example", await SubjectAsync(node.Server.Address));
        Assert.Equal("no-token", (await node.GetAsync("/v1/goals")).Code);
        Assert.Equal("proved", (await node.As(TokensFile.Secret("alice")).PostAsync("say unsat", "wait=true"))["verdict"]);

        using var clear = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => clear.GetAsync(new UriBuilder(node.Server.Address) { Scheme = "http" }.Uri));
        Assert.Equal(HttpStatusCode.OK, (await node.GetAsync("/health/live")).Status);
    }

    [Fact]
    public void With_tokens_and_a_certificate_nothing_is_left_to_be_said()
    {
        using var file = new TokensFile(TokensFile.Entry("alice", "read"));
        Assert.Null(Access.HttpAccess.Read(Settings(Write(Default("{\"Path\":\"node.pem\",\"KeyPath\":\"node.key\"}")), $"tokens = \"{file.Path}\", host = \"0.0.0.0\"").Http).Notice);
    }

    [Theory]
    [InlineData("{\"Path\":\"nowhere.pem\",\"KeyPath\":\"node.key\"}")]
    [InlineData("{\"Path\":\"node.pem\",\"KeyPath\":\"nowhere.key\"}")]
    [InlineData("{\"Path\":\"none.pem\",\"KeyPath\":\"node.key\"}")]
    [InlineData("{\"Path\":\"node.pem\",\"KeyPath\":\"none.pem\"}")]
    [InlineData("{\"Path\":\"node.pem\"}")]
    [InlineData("{\"Path\":\"node.pfx\"}")]
    [InlineData("{\"Path\":\"node.pfx\",\"Password\":\"another-" + Password + "\"}")]
    public async Task A_certificate_that_cannot_be_used_is_told_in_a_sentence(string certificate)
    {
        var file = Write(Default(certificate));
        var sentence = await RefusalAsync(file);
        Assert.StartsWith($"{file}: its certificate cannot be used: ", sentence);
        Assert.DoesNotContain('\n', sentence);
        Assert.DoesNotContain(Password, sentence);
        Assert.Equal(HttpStatusCode.OK, (await _alone.Node.GetAsync("/health/live")).Status);
    }

    [Theory]
    [InlineData("{\"Kestrel\":{\"Endpoints\":{\"Http\":{\"Url\":\"http://*:1\"}}}}", "Kestrel:Endpoints is not wanted: where the node listens is said by http.host and http.port alone")]
    [InlineData("{\"Kestrel\":{}}", "Kestrel:Certificates:Default names no certificate: its Path is wanted, and KeyPath or Password")]
    [InlineData("{\"Kestrel\":{\"Certificate\":{\"Default\":{\"Path\":\"node.pem\"}}}}", "Kestrel:Certificates:Default names no certificate: its Path is wanted, and KeyPath or Password")]
    [InlineData("{\"Kestrel\":{\"Certificates\":{\"Default\":{\"Path\":\"\"}}}}", "Kestrel:Certificates:Default names no certificate: its Path is wanted, and KeyPath or Password")]
    [InlineData("{}", "Kestrel:Certificates:Default names no certificate: its Path is wanted, and KeyPath or Password")]
    [InlineData("{", "cannot be read as settings in JSON: ")]
    [InlineData("Kestrel = 5", "cannot be read as settings in JSON: ")]
    [InlineData("[]", "cannot be read as settings in JSON: ")]
    public async Task A_file_that_is_not_what_is_wanted_is_told_in_a_sentence(string json, string sentence)
    {
        var file = Write(json);
        Assert.StartsWith($"{file}: {sentence}", await RefusalAsync(file));
        Assert.StartsWith($"{At("nowhere.json")}: cannot be read as settings in JSON: ", await RefusalAsync(At("nowhere.json")));
    }

    private static string Default(string certificate) => JsonSerializer.Serialize(new { Kestrel = new { Certificates = new { Default = JsonSerializer.Deserialize<JsonElement>(certificate) } } });

    private static NodeSettings Settings(string kestrel, string more = "") => NodeSettings.Read(
        SettingsFiles.LoadShipped().With("spec.conf", $"prover-cluster.http {{ port = 0, kestrel = \"{kestrel}\" }}").With("more.conf", $"prover-cluster.http {{ {more} }}"));

    private static async Task<string?> SubjectAsync(Uri address)
    {
        string? subject = null;
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
            {
                subject = certificate?.Subject;
                return true;
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = address };
        await client.GetStringAsync("/health/live");
        return subject;
    }

    private async Task<string> RefusalAsync(string kestrel) =>
        (await Assert.ThrowsAsync<SettingsException>(() => ApiServer.StartAsync(_alone.Node.Node, Settings(kestrel), CancellationToken.None))).Message;

    private string At(string name) => Path.Combine(_folder, name);

    private string Write(string json)
    {
        File.WriteAllText(At("kestrel.json"), json);
        return At("kestrel.json");
    }
}
