using Optimove.Portal.Campaigns.Reach;

namespace Optimove.Portal.Campaigns.Wizard;

/// <summary>What the first step counts of a target group.</summary>
public sealed record AudienceFacts(ReachCounts Reach, BaseRate Base, UsualLift? Usual);
