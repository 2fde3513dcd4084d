using System.Diagnostics.CodeAnalysis;
using ProverCluster.Messages.Languages;

namespace ProverCluster.Node.Texts;

/// <summary>
/// The texts that races on this node need, by their digest: messages name a text and do not carry it. A text is kept while somebody holds it.
/// </summary>
internal sealed class TextStore
{
    private readonly Dictionary<TextDigest, Entry> _entries = [];

    /// <summary>Of goals whose records have moved to other nodes, which have not fetched them yet.</summary>
    private readonly HashSet<TextDigest> _promised = [];
    private TaskCompletionSource _allGiven = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count
    {
        get
        {
            lock (_entries)
                return _entries.Count;
        }
    }

    /// <summary>Keeps the text until the hold is disposed; the same text held twice is kept once.</summary>
    public IDisposable Hold(TextDigest digest, GoalDocument document)
    {
        lock (_entries)
        {
            if (_entries.TryGetValue(digest, out var entry))
                entry.Holds++;
            else
                _entries[digest] = new Entry(document);
        }

        return new TextHold(this, digest);
    }

    /// <summary>Keeps a text that is here already; false if it is not.</summary>
    public bool TryHold(TextDigest digest, [NotNullWhen(true)] out IDisposable? hold)
    {
        lock (_entries)
        {
            hold = null;
            if (!_entries.TryGetValue(digest, out var entry))
                return false;
            entry.Holds++;
            hold = new TextHold(this, digest);
            return true;
        }
    }

    public bool TryGet(TextDigest digest, [NotNullWhen(true)] out GoalDocument? document)
    {
        lock (_entries)
            document = _entries.GetValueOrDefault(digest)?.Document;
        return document is not null;
    }

    /// <summary>Another node is to have the text, if it is here: this one is its only home until then.</summary>
    public void Promise(TextDigest digest)
    {
        lock (_entries)
        {
            if (_entries.ContainsKey(digest))
                _promised.Add(digest);
        }
    }

    /// <summary>Another node was given all of it.</summary>
    public void Given(TextDigest digest)
    {
        lock (_entries)
            Keep(digest);
    }

    /// <summary>Done when nobody is to be given a text any more that is promised now.</summary>
    public Task AllGivenAsync()
    {
        lock (_entries)
            return _promised.Count == 0 ? Task.CompletedTask : _allGiven.Task;
    }

    private void Release(TextDigest digest)
    {
        lock (_entries)
        {
            if (--_entries[digest].Holds > 0)
                return;
            _entries.Remove(digest);
            Keep(digest);
        }
    }

    /// <summary>A promise is kept, or cannot be any more. Under the lock.</summary>
    private void Keep(TextDigest digest)
    {
        if (!_promised.Remove(digest) || _promised.Count > 0)
            return;
        _allGiven.SetResult();
        _allGiven = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Entry(GoalDocument document)
    {
        public GoalDocument Document { get; } = document;

        public int Holds { get; set; } = 1;
    }

    private sealed class TextHold(TextStore texts, TextDigest digest) : IDisposable
    {
        private bool _released;

        public void Dispose()
        {
            if (!_released)
                texts.Release(digest);
            _released = true;
        }
    }
}
