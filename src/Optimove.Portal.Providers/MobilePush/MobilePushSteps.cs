using System.Globalization;

namespace Optimove.Portal.Providers.MobilePush;

/// <summary>
/// The steps of a MobilePush order in the ledger: send/1..n, one a chunk, and nothing else. Each of them makes Salesforce send by itself,
/// so the send time may not be moved once one of them is accepted or unknown.
/// </summary>
internal static class MobilePushSteps
{
    /// <summary>How the name of every step begins after which the provider sends by itself.</summary>
    public const string Sends = "send/";

    public static string Send(int chunk) => string.Create(CultureInfo.InvariantCulture, $"{Sends}{chunk}");

    /// <summary>The <c>tokenId</c> of each part that Salesforce accepted.</summary>
    public static IReadOnlyList<string> TokenIds(this IReadOnlyList<LedgerStep> steps) =>
        [.. steps.Where(step => step.State == StepState.Accepted).Select(step => step.Answer?.ProviderId).OfType<string>()];

    public static int Lost(this IReadOnlyList<LedgerStep> steps) => steps.Count(step => step.State is StepState.Unknown or StepState.InFlight);

    /// <summary>"1 part" or "7 parts".</summary>
    public static string Parts(int count) => count == 1 ? "1 part" : $"{count:N0} parts";
}
