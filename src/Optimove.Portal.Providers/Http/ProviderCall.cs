using System.Net.Http.Headers;

namespace Optimove.Portal.Providers.Http;

/// <summary>One call to a provider, complete, so that it can be made again as it is.</summary>
public sealed record ProviderCall
{
    /// <summary>The provider's name as people know it; sentences begin with it.</summary>
    public required string Provider { get; init; }
    /// <summary>What the call does, as a verb phrase without names of customers: "make the segment".</summary>
    public required string Operation { get; init; }
    /// <summary>The connection's id: the circuit breaker counts per connection.</summary>
    public required int Connection { get; init; }
    public required Gate Gate { get; init; }
    public required HttpMethod Method { get; init; }
    public required Uri Address { get; init; }
    public AuthenticationHeaderValue? Authorization { get; init; }
    public ReadOnlyMemory<byte> Body { get; init; }
    /// <summary>Writes a body that is too large to hold in memory, in place of <see cref="Body"/>; called anew for each attempt.</summary>
    public Func<Stream, CancellationToken, Task>? WriteBody { get; init; }
    public string ContentType { get; init; } = "application/json";
    /// <summary>True where making the call twice is the same as making it once. Reading always is.</summary>
    public bool Repeatable { get; init; }
    /// <summary>True where the provider cannot be asked afterwards: any fault of its own, a 503 too, leaves the outcome unknown.</summary>
    public bool AtMostOnce { get; init; }
    /// <summary>Statuses other than 2xx that answer the question, for example 404 for "not yet".</summary>
    public IReadOnlyList<int> AlsoAnswers { get; init; } = [];
    /// <summary>Finds the provider's own reason in a refusal.</summary>
    public Func<ProviderResponse, string?> Reason { get; init; } = _ => null;

    internal bool IsRead => Method == HttpMethod.Get || Method == HttpMethod.Head;
    internal bool IsIdempotent => Repeatable || IsRead;
}

/// <summary>The gate that an account's calls share over the whole process.</summary>
/// <param name="Account">Names the account without giving a secret away.</param>
/// <param name="Connections">Calls in the air at once.</param>
public readonly record struct Gate(string Account, int Connections);

/// <summary>An answer, read to its end.</summary>
public sealed record ProviderResponse(int Status, byte[] Body, TimeSpan? RetryAfter = null, RateLimit? Limit = null)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>True when the body looks like a JSON object or array, whatever its content type says.</summary>
    public bool HasJson => Body.AsSpan().TrimStart(" \r\n\t"u8) is [(byte)'{' or (byte)'[', ..];
}
