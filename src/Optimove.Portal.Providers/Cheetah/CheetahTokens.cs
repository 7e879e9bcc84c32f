using System.Collections.Concurrent;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>The tokens of all accounts, each used until shortly before it expires and never for eight hours. One process asks once, however many calls wait.</summary>
internal sealed class CheetahTokens(TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);

    /// <param name="account">Names the credentials without giving them away.</param>
    /// <param name="refused">The token that Cheetah no longer takes; null at first.</param>
    public async Task<string> GetAsync(string account, string? refused, Func<CancellationToken, Task<CheetahToken>> ask, CancellationToken cancellation)
    {
        var slot = _slots.GetOrAdd(account, _ => new Slot());
        await slot.Turn.WaitAsync(cancellation);
        try
        {
            if (slot.Token is { } kept && kept != refused && clock.GetUtcNow() < slot.Until)
                return kept;
            var token = await ask(cancellation);
            (slot.Token, slot.Until) = (token.Value, clock.GetUtcNow() + (token.Life < Longest ? token.Life : Longest) - Margin);
            return token.Value;
        }
        finally
        {
            slot.Turn.Release();
        }
    }

    private sealed class Slot
    {
        public SemaphoreSlim Turn { get; } = new(1);
        public string? Token { get; set; }
        public DateTimeOffset Until { get; set; }
    }
}

internal sealed record CheetahToken(string Value, TimeSpan Life);
