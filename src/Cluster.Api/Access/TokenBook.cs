using System.Net;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Telemetry;

namespace ProverCluster.Api.Access;

/// <summary>
/// The tokens that are good now. Their file is looked at once a second, all of it: times of change are not to be relied on where files are links that somebody
/// turns around. One that cannot be used changes nothing.
/// </summary>
internal sealed class TokenBook : IDisposable
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>What is shorter can be guessed, and what is longer takes time: neither is looked for.</summary>
    public const int Shortest = 16;
    public const int Longest = 512;

    private readonly string _path;
    private readonly NodeLog _log;
    private readonly BadTokens _bad;
    private readonly Lock _looking = new();
    private readonly ITimer _timer;
    private volatile Visitor[] _visitors;
    private string _text;
    private string? _fault;

    /// <param name="path">The file.</param>
    /// <param name="text">What it said when it was read first.</param>
    /// <param name="clock">The node's.</param>
    /// <param name="log">The same.</param>
    /// <exception cref="SettingsException">It is not what is wanted.</exception>
    public TokenBook(string path, string text, TimeProvider clock, NodeLog log)
    {
        (_path, _text, _log, _bad) = (path, text, log, new BadTokens(clock, log));
        _visitors = [.. TokenFile.Parse(path, text).Select(token => new Visitor(token))];
        _timer = clock.CreateTimer(_ => Look(), null, Period, Period);
    }

    /// <summary>Whose token that is; null if it is nobody's.</summary>
    public Visitor? Find(string presented, IPAddress? from)
    {
        Visitor? found = null;
        if (presented.Length is >= Shortest and <= Longest)
        {
            var hash = TokenHash.Of(presented);
            foreach (var visitor in _visitors)
            {
                // To the end in any case: the time it takes does not tell which one it is.
                if (visitor.Has(hash))
                    found = visitor;
            }
        }

        if (found is null)
            _bad.Count(from);
        return found;
    }

    /// <summary>Takes over what has changed. Whatever is wrong with the file is said once, without quoting it.</summary>
    public void Look()
    {
        lock (_looking)
        {
            try
            {
                var text = TokenFile.ReadText(_path);
                if (text == _text)
                {
                    _fault = null;
                    return;
                }

                var tokens = TokenFile.Parse(_path, text);
                (_text, _fault) = (text, null);
                Take(tokens);
            }
            catch (Exception e)
            {
                // Not let out, whatever it is: on a timer's thread it would end the node.
                Complain(e is SettingsException ? e.Message : $"{Excerpt.Visible(_path)}: cannot be read ({e.GetType().Name})");
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Take(IReadOnlyList<Token> tokens)
    {
        var before = _visitors;
        Visitor[] now = [.. tokens.Select(token => before.FirstOrDefault(visitor => visitor.TryRenew(token)) ?? new Visitor(token))];
        _visitors = now;
        foreach (var gone in before.Except(now))
            gone.Revoke();
    }

    private void Complain(string sentence)
    {
        if (sentence != _fault)
            _log.Tell(LogLines.TokensUnreadable(sentence));
        _fault = sentence;
    }
}
