using ProverCluster.Api;
using ProverCluster.Api.Access;
using ProverCluster.Node;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Membership;
using ProverCluster.Node.Store;
using ProverCluster.Node.Telemetry;
using ProverCluster.Service.Arguments;

namespace ProverCluster.Service;

/// <summary>The one path of a node's life: words, settings, start, up, drain, end.</summary>
internal sealed class ServiceCommand(TextWriter error, TextWriter output)
{
    private static readonly TimeSpan SeedPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(1);

    private ProverNode? _node;
    private LogFormat _format;

    public async Task<int> RunAsync(string[] words)
    {
        try
        {
            var arguments = new NodeArguments(words);
            if (arguments.WantsHelp) return Print(HelpText.Text);
            if (arguments.WantsVersion) return Print(ProgramVersion.Text);
            return await ServeAsync(arguments);
        }
        catch (SettingsException e)
        {
            return Say(e.Message, ExitCodes.Refused);
        }
        catch (StoreRefusal e)
        {
            return Say(e.Message, ExitCodes.Failed);
        }
        catch (Exception e)
        {
            return Say($"the node did not start: {Excerpt.Visible(e.Message)} ({e.GetType().Name})", ExitCodes.Failed);
        }
    }

    private async Task<int> ServeAsync(NodeArguments arguments)
    {
        var files = arguments.ReadFiles();
        // First, so that whatever else is wrong is said as it is wanted.
        _format = NodeSettings.LogOf(files);
        var catalogue = BackendCatalogue.Read(files);
        var asked = arguments.Lay(NodeSettings.Read(files));
        OtlpExport.Check();
        // A race that has other nodes to start on need not start whole on this one.
        var raceWidth = asked.Place.Seeds.Count > 0 ? 1 : catalogue.RaceWidth([]);
        var (settings, notice) = MemoryFit.Apply(asked, raceWidth, Environment.ProcessorCount, MachineMemory.Bytes());
        if (notice is not null) Say(notice);
        var access = settings.Http.Port is null ? null : HttpAccess.Read(settings.Http);
        if (access?.Notice is { } open) Say(open);
        // A folder has room for one node, so there is none that it could listen for.
        var place = settings.Store.IsForOneNode ? null : settings.Place;
        using var listening = place is null ? null : await ListenCheck.TakeAsync(place);
        if (place is not null && !IsLoopback(place)) Say($"listens on {place.Host} for whoever can reach it; see docs/security.md");

        using var signals = new StopSignals(LeaveAtOnce);
        _node = await ProverNode.StartAsync(settings, catalogue, place, CancellationToken.None);
        try
        {
            using var export = OtlpExport.Start(_node);
            _node.Tell(sentence => Say(sentence));
            await using var api = await AnswerAsync(_node, settings, access);
            await BeUpAsync(_node, settings, signals);
            await Task.WhenAny(signals.First, _node.Ended);
            var code = await EndAsync(_node, signals);
            return signals.Second is { } second ? ExitCodes.Signalled + second : code;
        }
        catch
        {
            // In order: what it has begun in its cluster may not be left to the others to find out.
            await _node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Over HTTP, from now on, if that is wanted.</summary>
    private async Task<ApiServer?> AnswerAsync(ProverNode node, NodeSettings settings, HttpAccess? access)
    {
        if (access is null)
        {
            if (node.StoreName is { } name) Say($"keeps goals in {name}{(settings.Store.IsForOneNode ? ", and takes none: say with --http where it is to answer" : "")}");
            return null;
        }

        var api = await ApiServer.StartAsync(node, settings, access, CancellationToken.None);
        Say($"answers on {api.Address}; goals that come in there are {(node.StoreName is { } kept ? $"kept in {kept}" : "in memory only")}");
        return api;
    }

    private async Task BeUpAsync(ProverNode node, NodeSettings settings, StopSignals signals)
    {
        var up = node.UpAsync();
        while (await Task.WhenAny(up, signals.First, node.Ended, Task.Delay(SeedPatience, signals.Token)) is { } first && first != up)
        {
            if (signals.First.IsCompleted || node.Ended.IsCompleted) return;
            Say($"no cluster has taken {node.Name} in yet; its seeds are asked until one does: {string.Join(", ", settings.Place.Seeds)}");
        }

        // One alone does all that there is to do.
        var isAlone = settings.Store.IsForOneNode;
        var provers = isAlone || settings.Place.IsProver ? $"{settings.Slots} slots for {string.Join(", ", await node.ProversAsync())}; {node.Confinement}" : "no provers";
        Say($"{node.Name} is up: {(isAlone ? "alone" : string.Join(", ", settings.Place.Roles))}; {provers}; {ProgramVersion.Text}");
    }

    private async Task<int> EndAsync(ProverNode node, StopSignals signals)
    {
        var wasAsked = signals.First.IsCompleted || node.WasToldToLeave;
        if (signals.First.IsCompleted) Say($"{node.Name} takes no more work, and leaves when its runs have ended; a second signal ends it at once");
        await node.DisposeAsync();
        if (node.WasCutOff) return Say($"{node.Name} was cut off from its cluster: its provers are dead, and their runs go on elsewhere", ExitCodes.Failed);
        return Say($"{node.Name} has left", wasAsked ? ExitCodes.Left : ExitCodes.Failed);
    }

    /// <summary>What hangs may not keep the process alive, be it all threads of the pool: it is waited for on the signal's own. The guard kills what is then left.</summary>
    private void LeaveAtOnce(int signal)
    {
        // One that has not started yet is none.
        if (_node is { } node) Task.WaitAny([Task.Run(node.KillProversAsync)], KillPatience);
        Environment.Exit(ExitCodes.Signalled + signal);
    }

    private static bool IsLoopback(ClusterPlace place) => place.Host == "localhost" || place.Host.StartsWith("127.", StringComparison.Ordinal);

    private int Print(string text)
    {
        output.WriteLine(text);
        return ExitCodes.Left;
    }

    private int Say(string sentence, int code = ExitCodes.Left)
    {
        error.WriteLine(LogForm.Sentence(_format, "node", sentence, isFailure: code != ExitCodes.Left));
        return code;
    }
}
