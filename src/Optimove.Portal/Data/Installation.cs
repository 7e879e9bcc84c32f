namespace Optimove.Portal.Data;

/// <summary>
/// The one row that says which environment this database belongs to. A copy restored elsewhere still carries the old environment's id
/// and therefore sends nothing until a person adopts it.
/// </summary>
public sealed class Installation
{
    public int Id { get; set; }
    /// <summary>The configured environment that may send from this database.</summary>
    public required string Environment { get; set; }
    /// <summary>By how much the development clock runs ahead of the real one; zero in production.</summary>
    public TimeSpan ClockAhead { get; set; }
}
