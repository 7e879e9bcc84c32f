namespace Optimove.Portal.Targeting.Sql;

/// <summary>A value of a compiled statement, sent as <c>$Position</c>.</summary>
/// <param name="Value">int, decimal, string, DateOnly, DateTime in UTC, or int[], decimal[], string[]; the database takes its type from it.</param>
public sealed record SqlParameter(int Position, object Value);

/// <summary>A rule as a predicate over alias <c>c</c> of table <c>customers</c>; true for its customers, false or null for all others.</summary>
/// <param name="Predicate">Wrapped in parentheses where it needs them, so that AND may follow.</param>
public sealed record CompiledRule(string Predicate, IReadOnlyList<SqlParameter> Parameters);

/// <summary>
/// A whole statement whose only row and column is a bigint[]: the number of customers, then how many are left after each line of the
/// rule; the last is the group's size. The lines are the rules of a top-level <see cref="All"/>, or the rule itself.
/// </summary>
public sealed record CompiledCounts(string Sql, IReadOnlyList<SqlParameter> Parameters, int Lines);
