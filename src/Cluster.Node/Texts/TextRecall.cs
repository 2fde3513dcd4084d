using System.Text;
using Akka.Actor;
using ProverCluster.Messages.Languages;
using ProverCluster.Node.Store;

namespace ProverCluster.Node.Texts;

/// <summary>Reads texts from the store: of goals whose submitter is gone, and of outputs whose node has forgotten them.</summary>
internal sealed class TextRecall(IGoalStore store) : IDisposable
{
    /// <summary>How many at once: each may have 64 MiB.</summary>
    private readonly SemaphoreSlim _turns = new(4);

    public void Dispose() => _turns.Dispose();

    /// <summary>What the store has, or why it is not to be had there. Never fails.</summary>
    /// <param name="text">Which text.</param>
    /// <param name="waiting">Who waits for it.</param>
    /// <param name="fault">What was the matter where it should have been: it stays what is said of a text that the store does not know.</param>
    public async Task<RecalledText> ReadAsync(TextDigest text, WaitingForText waiting, string fault)
    {
        await _turns.WaitAsync();
        try
        {
            return await store.ReadTextAsync(waiting.Goal, text) is { } bytes ? Understand(bytes) : Fail(fault);
        }
        catch (Exception e)
        {
            return Fail(e is StoreUnavailable ? e.Message : $"the store: {e.Message}");
        }
        finally
        {
            _turns.Release();
        }

        RecalledText Understand(byte[] bytes)
        {
            if (TextDigest.Of(bytes) != text)
                return Fail("the store has another text under its name");
            if (waiting.Language is not { } language)
                return new RecalledText(text, waiting, Encoding.UTF8.GetString(bytes), null, null);
            return GoalReader.TryRead(language, bytes, out var document, out var rejection)
                ? new RecalledText(text, waiting, null, document, null)
                : Fail(rejection.ToString());
        }

        RecalledText Fail(string why) => new(text, waiting, null, null, why);
    }
}

/// <param name="Text">Which text.</param>
/// <param name="Waiting">Who waits for it.</param>
/// <param name="Output">As an output, if it is one.</param>
/// <param name="Document">As a goal, if it is one.</param>
/// <param name="Fault">Why there is none.</param>
internal sealed record RecalledText(TextDigest Text, WaitingForText Waiting, string? Output, GoalDocument? Document, string? Fault) : INoSerializationVerificationNeeded;
