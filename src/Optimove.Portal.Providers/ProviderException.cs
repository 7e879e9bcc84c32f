namespace Optimove.Portal.Providers;

/// <summary>How the outside said no; whether a call may be repeated follows from it.</summary>
public enum ProviderFault
{
    /// <summary>The call surely had no effect: no connection, or an answer that says so. May be repeated.</summary>
    Unavailable,
    /// <summary>Too many calls; surely no effect. May be repeated after a wait.</summary>
    RateLimited,
    /// <summary>The credentials do not work. A person must act.</summary>
    Unauthorized,
    /// <summary>The order or the connection is wrong for this provider. A person must act.</summary>
    Misconfigured,
    /// <summary>The provider understood and refused. Repeating the same gives the same.</summary>
    Rejected,
    /// <summary>The call may or may not have taken effect. Never repeated by itself; the provider is asked.</summary>
    UnknownOutcome,
}

/// <summary>The outside said no. The message is a sentence for the person who must act.</summary>
public sealed class ProviderException(ProviderFault fault, string sentence, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(sentence, inner)
{
    public ProviderFault Fault => fault;
    /// <summary>How long the provider asks to wait, if it says so.</summary>
    public TimeSpan? RetryAfter => retryAfter;
    public bool MayRepeat => fault is ProviderFault.Unavailable or ProviderFault.RateLimited;
}
