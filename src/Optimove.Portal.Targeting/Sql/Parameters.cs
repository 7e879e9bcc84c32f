namespace Optimove.Portal.Targeting.Sql;

/// <summary>The values of a statement under way; the same value is sent once.</summary>
internal sealed class Parameters(int first)
{
    private readonly List<SqlParameter> _all = [];

    public IReadOnlyList<SqlParameter> All => _all;

    /// <summary>The value's place in the statement, "$3".</summary>
    public string Add(object value)
    {
        var known = _all.Find(p => p.Value.Equals(value));
        if (known is null) _all.Add(known = new(first + _all.Count, value));
        return $"${known.Position}";
    }
}
