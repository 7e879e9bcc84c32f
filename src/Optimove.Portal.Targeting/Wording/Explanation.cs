namespace Optimove.Portal.Targeting.Wording;

/// <summary>What a rule found at one customer.</summary>
/// <param name="Sentence">The fact, without a full stop: "Country is DE, not FR or BE".</param>
/// <param name="Parts">The same for each of <see cref="Rule.Children"/>; for another target group, its rule.</param>
public sealed record Explanation(bool Holds, string Sentence, IReadOnlyList<Explanation> Parts);

/// <summary>Why a customer is in or out.</summary>
/// <param name="Headline">The one deciding fact, a whole sentence: "C-104 is out: last purchase 3 February 2026, not in the last 120 days."</param>
/// <param name="Deciding">The part of <paramref name="Rule"/> that the headline names.</param>
public sealed record Verdict(bool IsIn, string Headline, Explanation Deciding, Explanation Rule);
