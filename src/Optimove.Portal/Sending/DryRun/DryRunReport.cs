using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Lists;
using Optimove.Portal.Twins.StandIns;

namespace Optimove.Portal.Sending.DryRun;

/// <summary>What came of a dry run. Nothing of it is kept anywhere.</summary>
public sealed record DryRunReport
{
    public required string Provider { get; init; }
    public required Channel Channel { get; init; }
    /// <summary>When the hand-over would begin and had ended, and when the message is to go out, by the clock of the dry run.</summary>
    public required DateTimeOffset Began { get; init; }
    public required DateTimeOffset Ended { get; init; }
    public required DateTimeOffset SendAt { get; init; }
    /// <summary>How long it took in truth.</summary>
    public required TimeSpan Took { get; init; }
    /// <summary>The list existed; otherwise it was made for this run alone.</summary>
    public required bool OwnList { get; init; }
    public required DateOnly? DataDate { get; init; }
    public required ListCounts List { get; init; }
    public required decimal ControlShare { get; init; }
    public required IReadOnlyList<ReasonCount> Exclusions { get; init; }
    public required int Accepted { get; init; }
    public required int Unknown { get; init; }
    public required IReadOnlyList<ReasonCount> Rejections { get; init; }
    /// <summary>The first of the rejected.</summary>
    public required IReadOnlyList<RejectedPerson> RejectedPeople { get; init; }
    /// <summary>Why the connector did not come to its end; null when it did.</summary>
    public required string? Stopped { get; init; }
    public required CallsMade Calls { get; init; }
    public required IReadOnlyList<Arrival> Arrivals { get; init; }
    /// <summary>Where the provider limits how fast people are handed over.</summary>
    public required SendForecast? Forecast { get; init; }

    public int Rejected => Rejections.Sum(r => r.Count);
    public int NotHandedOver => List.ToSend - Accepted - Rejected - Unknown;
    public int Arriving => Arrivals.Sum(a => a.People);
}

public sealed record ReasonCount(string Reason, int Count);

/// <param name="Address">By what the provider knows them.</param>
public sealed record RejectedPerson(string CustomerId, string Address, string Reason);

/// <summary>How far a dry run is.</summary>
/// <param name="Total">Null while it is not known.</param>
public sealed record DryRunProgress(string Doing, int Count = 0, int? Total = null);

/// <summary>At most two dry runs at a time in this process; others wait.</summary>
public sealed class DryRunTurns : IDisposable
{
    private readonly SemaphoreSlim _free = new(2);

    public Task<bool> TakeAsync(TimeSpan within, CancellationToken cancellation) => _free.WaitAsync(within, cancellation);

    public void GiveBack() => _free.Release();

    public void Dispose() => _free.Dispose();
}
