using System.Globalization;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>The steps of a Cheetah Messaging order in the ledger: upload/1, import, campaign, launch, approve; each holds the id that Cheetah gave.</summary>
public static class CheetahSteps
{
    /// <summary>The step that carries the recipients: Cheetah has read the list, and has named who is not in it.</summary>
    public const string Import = "import";
    public const string Campaign = "campaign";
    public const string Launch = "launch";
    /// <summary>The last step, after which Cheetah sends by itself. The send time is told with <see cref="Campaign"/>.</summary>
    public const string Approve = "approve";

    private const string UploadPrefix = "upload/";

    /// <summary>The chunk that <see cref="Import"/> carries: everybody.</summary>
    internal const int Everybody = 1;

    /// <summary>The file's hand-over; after an import that Cheetah could not finish, the next one has the next number.</summary>
    internal static string Upload(int attempt) => string.Create(CultureInfo.InvariantCulture, $"{UploadPrefix}{attempt}");

    internal static bool IsUpload(string step) => step.StartsWith(UploadPrefix, StringComparison.Ordinal);

    internal static int AttemptOf(string upload) => int.Parse(upload.AsSpan(UploadPrefix.Length), CultureInfo.InvariantCulture);

    /// <summary>The import's name at Cheetah. The campaign bears the order's own, because names are unique within a folder.</summary>
    internal static string ImportName(string dispatchId, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{dispatchId}-list-{attempt}");

    /// <summary>The id of an accepted step, or null.</summary>
    internal static string? IdOf(this IReadOnlyList<LedgerStep> steps, string name) =>
        steps.FirstOrDefault(step => step.Name == name && step.State == StepState.Accepted)?.Answer?.ProviderId;
}
