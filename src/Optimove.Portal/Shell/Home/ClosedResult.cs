using Optimove.Portal.Ui.Badges;

namespace Optimove.Portal.Shell.Home;

/// <summary>A campaign whose measuring window has closed: its verdict and the increase in value with its 95 % interval, in the client's currency.</summary>
/// <param name="Sentence">The verdict in one sentence.</param>
/// <param name="Interval">Null where the groups may not be compared.</param>
public sealed record ClosedResult(int CampaignId, string Campaign, DateOnly Date, Verdict Verdict, string Sentence, (double Value, double Lower, double Upper)? Interval);

/// <summary>Reads the results to show on Mission Control, the latest first; empty while there are none.</summary>
public delegate Task<IReadOnlyList<ClosedResult>> ClosedResultsReader(CancellationToken cancellation);
