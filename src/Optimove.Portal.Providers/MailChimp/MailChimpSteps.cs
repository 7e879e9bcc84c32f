using System.Globalization;

namespace Optimove.Portal.Providers.MailChimp;

/// <summary>The steps of a MailChimp order in the ledger: segment, members/1..n, campaign, schedule.</summary>
internal static class MailChimpSteps
{
    public const string Segment = "segment";
    public const string Campaign = "campaign";
    public const string Schedule = "schedule";

    public static string Members(int chunk) => string.Create(CultureInfo.InvariantCulture, $"members/{chunk}");

    public static int SegmentId(string providerId) => int.Parse(providerId, CultureInfo.InvariantCulture);

    public static StepAnswer SegmentAnswer(int id) => new(id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The answer of an accepted step, or null.</summary>
    public static StepAnswer? AnswerOf(this IReadOnlyList<LedgerStep> steps, string name) =>
        steps.FirstOrDefault(step => step.Name == name && step.State == StepState.Accepted)?.Answer;
}
