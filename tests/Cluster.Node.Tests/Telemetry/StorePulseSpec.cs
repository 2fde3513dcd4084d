using Akka.TestKit.Xunit2;
using ProverCluster.Node.Store;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Node.Tests.Telemetry;

/// <summary>What is said of a store that stops to work, and works again.</summary>
public sealed class StorePulseSpec : TestKit
{
    [SqliteFact]
    public async Task Each_turn_should_be_said_in_the_log_once()
    {
        var folder = Directory.CreateTempSubdirectory("pulse-spec-").FullName;
        await using (var store = await NodeStore.OpenAsync(folder, TimeProvider.System))
        {
            using var pulse = new StorePulse(store, TimeProvider.System, () => NodeLog.Of(Sys));
            EventFilter.Warning().Expect(0, pulse.TellTurn);
            store.Access.Health.Fail("the disk is full", null);
            EventFilter.Warning(contains: "the disk is full").ExpectOne(() =>
            {
                pulse.TellTurn();
                pulse.TellTurn();
            });

            await store.BeatAsync();
            EventFilter.Warning("the store works again").ExpectOne(() =>
            {
                pulse.TellTurn();
                pulse.TellTurn();
            });
        }

        Directory.Delete(folder, recursive: true);
    }
}
