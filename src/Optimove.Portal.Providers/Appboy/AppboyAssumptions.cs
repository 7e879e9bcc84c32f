using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.Appboy;

/// <summary>All that is assumed about Appboy, because no public documentation says it. What a client's account shows to be otherwise is put right here.</summary>
internal static class AppboyAssumptions
{
    /// <summary>A send time nearer than this is handed over as "now": it would pass on its way to Appboy.</summary>
    public static readonly TimeSpan LeastNotice = TimeSpan.FromSeconds(30);

    /// <summary>Nearer to the send time, taking a schedule back may work for all, some or none of its people. The documentation names no figure.</summary>
    public static readonly TimeSpan UnsureCancel = TimeSpan.FromMinutes(5);

    /// <summary>The values of <c>schedule_type</c> are not listed anywhere; one for API-triggered delivery is taken to hold both words.</summary>
    public static bool IsApiTriggered(string? scheduleType) =>
        scheduleType is not null && scheduleType.Contains("api", StringComparison.OrdinalIgnoreCase) && scheduleType.Contains("trigger", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first day of figures that can belong to a send: days are counted in the account's own zone, which no answer names; it is at most 12 hours behind UTC.</summary>
    public static DateOnly FirstDay(DateTimeOffset sendAt) => DateOnly.FromDateTime(sendAt.UtcDateTime.AddHours(-12));

    /// <summary>Whether a refusal is about the caller's address: a wrong key is documented as 401, an address that is not whitelisted is taken to be a 403.</summary>
    public static bool IsAddressRefused(ProviderResponse answer) => answer.Status == 403;
}
