using System.Globalization;

namespace Optimove.Portal.Providers.Appboy;

/// <summary>The steps of an Appboy order in the ledger: chunk/1..n. After each of them Appboy sends to the chunk's people by itself.</summary>
internal static class AppboySteps
{
    /// <summary>Begins the name of every step; each tells Appboy the time.</summary>
    public const string Prefix = "chunk/";
    private const string Schedule = "schedule/";
    private const string Dispatch = "dispatch/";

    public static string Chunk(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");

    /// <summary>Keeps the schedule's id, by which the chunk can be taken back; without one only Appboy's name for the call.</summary>
    public static StepAnswer Answer(TriggerAnswer answer) => new(answer.ScheduleId is { } schedule ? Schedule + schedule : Dispatch + answer.DispatchId);

    /// <summary>Id of the schedule that an accepted chunk waits in, or null.</summary>
    public static string? ScheduleOf(LedgerStep step) =>
        step.Answer?.ProviderId is { } id && id.StartsWith(Schedule, StringComparison.Ordinal) ? id[Schedule.Length..] : null;
}
