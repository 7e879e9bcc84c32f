namespace Optimove.Portal.Providers;

/// <summary>How the product behaves towards the outside. The defaults are for production.</summary>
public sealed class ProviderOptions
{
    /// <summary>Lets calls reach this machine itself (twins). Only for development.</summary>
    public bool AllowLoopback { get; set; }

    /// <summary>
    /// Calls in the air at once per MailChimp account, over the whole process. MailChimp allows 10, and 8 would be 0.82 times as fast as
    /// a bare loop of 10 (measured, answers after 40 ms). Lower it where other software shares the key, and divide it by the replicas that push.
    /// </summary>
    public int MailChimpConnections { get; set; } = 10;

    /// <summary>Longest wait for the answer to a call that changes something. MailChimp itself cuts at 120 seconds, so its own answer comes first.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(125);

    /// <summary>Longest wait for the answer to a question.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait over all attempts, the waits between them and the wait at the gate.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Repeats of a call that surely had no effect.</summary>
    public int Retries { get; set; } = 7;

    /// <summary>The wait before the first repeat; it doubles each time, with jitter, up to <see cref="LongestRetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection is left alone after half of at least ten calls within 30 seconds were not answered.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a push waits for the provider to have processed what it was given.</summary>
    public TimeSpan ReadyWithin { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>The first wait between two looks at the provider's progress; grows by half each time, up to 15 seconds.</summary>
    public TimeSpan PollDelay { get; set; } = TimeSpan.FromMilliseconds(500);
}
