using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProverCluster.Messages.Records;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Api.Access;

/// <summary>Whose requests they are: one for each token, from when it is read until it is in its file no more.</summary>
internal sealed class Visitor
{
    /// <summary>Where nobody needs a token.</summary>
    public static readonly Visitor Anyone = new(Caller.Anyone);

    private readonly CancellationTokenSource _revoked = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Token? _token;

    public Visitor(Token token)
        : this(new Caller(token.Name, token.Roles.HasFlag(TokenRoles.Admin))) => _token = token;

    private Visitor(Caller caller) => Caller = caller;

    public Caller Caller { get; }

    /// <summary>Its goals that may be open at once; null for any number.</summary>
    public int? MostOpen => _token?.MostOpen;

    /// <summary>Ends when its token is no longer good: whatever is open in its name ends then.</summary>
    public CancellationToken Revoked => _token is null ? CancellationToken.None : _revoked.Token;

    public bool Has(TokenHash hash) => _token is { } token && token.Hash.Equals(hash);

    /// <summary>Whether one of those roles is its own.</summary>
    public bool Is(TokenRoles roles) => _token is { } token && (token.Roles & (roles | TokenRoles.Admin)) != 0;

    /// <summary>Takes what its file says now. False if that is somebody else, or the same one who may do something else: whatever is open then begins anew.</summary>
    public bool TryRenew(Token token)
    {
        if (_token is not { } known || known with { MostOpen = token.MostOpen } != token)
            return false;
        _token = token;
        return true;
    }

    public void Revoke() => _ = _revoked.CancelAsync();

    /// <summary>Waits until nobody else submits with this token on this node.</summary>
    public async Task<IDisposable> TakeTurnAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        return new Turn(_turn);
    }

    /// <summary>May be given back more than once, by whoever comes first.</summary>
    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private int _isGiven;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGiven, 1) == 0)
                turns.Release();
        }
    }
}

internal static class VisitorExtensions
{
    /// <summary>Whose request it is.</summary>
    public static Visitor Visitor(this HttpContext context) => context.Features.GetRequiredFeature<Visitor>();
}
