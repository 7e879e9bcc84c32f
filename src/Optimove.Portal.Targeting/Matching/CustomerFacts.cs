namespace Optimove.Portal.Targeting.Matching;

/// <summary>One purchase.</summary>
/// <param name="OccurredAt">The instant in UTC.</param>
public sealed record Transaction(DateTime OccurredAt, decimal Amount);

/// <summary>All that a rule can ask about one customer.</summary>
/// <param name="Attributes">Field to value: string, int, decimal, bool, DateOnly, or DateTime in UTC; null or absent when empty.</param>
/// <param name="Preferences">Channel key to opted in or out; absent when unknown.</param>
public sealed record CustomerFacts(
    IReadOnlyDictionary<string, object?> Attributes,
    IReadOnlyList<Transaction> Transactions,
    IReadOnlyDictionary<string, bool> Preferences);
