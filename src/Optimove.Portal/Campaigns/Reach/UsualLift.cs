namespace Optimove.Portal.Campaigns.Reach;

/// <summary>The relative lift of the response rate that the client's campaigns usually had, and in words what that rests on.</summary>
/// <param name="Lift">0.19 for 19 %.</param>
public sealed record UsualLift(double Lift, string Basis);

/// <summary>Reads the usual lift from closed campaigns; null where none has closed or nobody reads them.</summary>
public delegate Task<UsualLift?> UsualLiftReader(CancellationToken cancellation);
