namespace Optimove.Portal.Twins.Cheetah;

/// <summary>Which of the provider's habits an account shows. Times are by the twin's clock.</summary>
public sealed record CheetahSwitches
{
    /// <summary>Whether the caller's addresses are on the whitelist; every call is refused with 403 while they are not.</summary>
    public bool Whitelisted { get; init; } = true;
    /// <summary>An older key, which gets no token without its client identifier.</summary>
    public bool LegacyKey { get; init; }
    /// <summary>A launched campaign can only be deleted by a person in the account, even while it is paused.</summary>
    public bool KeepsLaunched { get; init; }
    /// <summary>The import answers how many rows it rejected and not which.</summary>
    public bool HidesRejected { get; init; }
    /// <summary>How long an import waits in the queue.</summary>
    public TimeSpan ImportQueued { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>How long an import runs after that.</summary>
    public TimeSpan ImportTakes { get; init; } = TimeSpan.FromSeconds(2);
    /// <summary>From a launch until the campaign waits for approval.</summary>
    public TimeSpan CalculationTakes { get; init; } = TimeSpan.FromSeconds(2);
    /// <summary>From the beginning of sending to sent.</summary>
    public TimeSpan SendingTakes { get; init; } = TimeSpan.FromMinutes(1);
}
