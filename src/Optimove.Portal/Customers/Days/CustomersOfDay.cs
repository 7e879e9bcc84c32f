namespace Optimove.Portal.Customers.Days;

/// <summary>The customers as they were with the file of a day, until the next one came.</summary>
/// <param name="Day">The day that the file describes.</param>
/// <param name="Table">The customers themselves, or an earlier version of them.</param>
/// <param name="Until">The first instant after that day in the client's zone; null for the customers of now.</param>
public sealed record CustomersOfDay(DateOnly Day, string Table, DateTimeOffset? Until);
