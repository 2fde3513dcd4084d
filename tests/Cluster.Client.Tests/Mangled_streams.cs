using System.Text;
using ProverCluster.Client.Tests.World;
using ProverCluster.Messages.Verdicts;

namespace ProverCluster.Client.Tests;

/// <summary>A stream that was damaged on its way is followed again or refused; it is never another verdict, and nothing hangs. The seed is fixed.</summary>
public sealed class Mangled_streams
{
    private static readonly string[] Pieces = ["\n", "\r", "\n\n", "data: ", "id: ", "id: \u00fc\n", "event: settled\n", ":", "{", "}", "\"", "\\", "\0", "\ud83d\ude42", "[", "null", "1e999", "settled"];

    [Fact]
    public async Task Are_no_verdicts()
    {
        var random = new Random(4_711);
        await using var world = await ClientWorld.StartAsync(change: options => options with { Time = TimeProvider.System, FirstBackoff = TimeSpan.FromMilliseconds(1) });
        var (proved, refused) = (0, 0);
        for (var round = 0; round < Stress.Count(300, 20_000); round++)
        {
            world.Nodes[0].Next("POST", async (context, usual) =>
            {
                var response = context.Response.Body;
                var whole = new MemoryStream();
                context.Response.Body = whole;
                await usual();
                await response.WriteAsync(Mangle(whole.ToArray(), random));
            });
            try
            {
                var result = await world.Prover.ProveAsync(ClientWorld.Goal).WaitAsync(TimeSpan.FromSeconds(30));
                Assert.Equal(Verdict.Proved, result.Verdict);
                proved++;
            }
            catch (ProtocolException)
            {
                refused++;
            }

            world.Cluster.Goals.Clear();
            world.Nodes[0].Requests.Clear();
        }

        Assert.True(proved > 20 && refused > 20, $"{proved} proved, {refused} refused: the damage is no test");
    }

    private static byte[] Mangle(byte[] stream, Random random)
    {
        var at = random.Next(stream.Length);
        var length = random.Next(4) switch { 0 => 0, 1 => 1, 2 => random.Next(20), _ => stream.Length };
        var piece = random.Next(3) == 0 ? [] : Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]);
        return [.. stream[..at], .. piece, .. stream[Math.Min(stream.Length, at + length)..]];
    }
}
