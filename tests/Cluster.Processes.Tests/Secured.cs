using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ProverCluster.Node;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;
using ProverCluster.Processes.World;

namespace ProverCluster.Processes;

/// <summary>Nodes that prove to each other who they are, as docs/security.md says how, and others that cannot.</summary>
public sealed class Secured : IDisposable
{
    private const string Password = "the-password-of-a-spec";

    /// <summary>What is done to the cluster: far longer than a node takes that may join.</summary>
    private static readonly TimeSpan s_longEnough = TimeSpan.FromSeconds(6);

    private readonly string _folder = Directory.CreateTempSubdirectory("secured-spec-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ProcessesFact]
    public async Task Nodes_with_a_certificate_that_all_trust_join_and_those_without_it_do_not()
    {
        await using var undertaker = new Undertaker();
        Certify("node");
        Certify("stranger");
        var form = Form.Short with { Settings = $"{Form.Short.Settings}\n{Settings("node", suppress: false)}" };
        // Whom they trust is a matter of the machine; here of these processes alone.
        string[] trusting = ["/usr/bin/env", $"SSL_CERT_FILE={At("node.pem")}", "SSL_CERT_DIR=/nowhere"];
        using var first = await NodeProcess.StartAsync(form, undertaker, _folder, trusting, "--port", "0");
        using var second = await NodeProcess.StartAsync(form, undertaker, _folder, trusting, "--port", "0", "--seed", first.Name);
        await first.SaysAsync($"{second.Name} has joined");

        await DoesNotJoinAsync(first, "");
        // It would trust anybody; but they do not trust it.
        await DoesNotJoinAsync(first, Settings("stranger", suppress: true));
        Assert.True(first.IsAlive && second.IsAlive, $"{first.Said}\n{second.Said}");

        foreach (var node in new[] { second, first })
        {
            node.Signal(PosixSignals.Term);
            Assert.Equal(0, await node.ExitAsync());
        }
    }

    private static async Task DoesNotJoinAsync(NodeProcess cluster, string settings)
    {
        var files = SettingsFiles.LoadShipped().With("form.conf", Form.Short.Settings).With("quiet.conf", "akka.loglevel = OFF").With("more.conf", settings);
        var stranger = await ProverNode.StartAsync(
            NodeSettings.Read(files) with { Slots = 1 }, BackendCatalogue.Read(files), new ClusterPlace("127.0.0.1", 0, [cluster.Name], []), CancellationToken.None);
        try
        {
            await Assert.ThrowsAsync<TimeoutException>(() => stranger.UpAsync().WaitAsync(s_longEnough));
            Assert.DoesNotContain(stranger.Name, cluster.Said);
        }
        finally
        {
            await stranger.EndAsync();
        }
    }

    private string Settings(string certificate, bool suppress) => $$"""
        akka.remote.dot-netty.tcp {
          enable-ssl = true
          ssl {
            certificate { path = "{{At($"{certificate}.pfx")}}", password = "{{Password}}" }
            suppress-validation = {{(suppress ? "true" : "false")}}
            require-mutual-authentication = true
          }
        }
        """;

    private void Certify(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(At($"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllBytes(At($"{name}.pfx"), certificate.Export(X509ContentType.Pkcs12, Password));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
