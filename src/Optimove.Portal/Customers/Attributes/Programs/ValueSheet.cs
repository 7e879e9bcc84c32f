namespace Optimove.Portal.Customers.Attributes.Programs;

/// <summary>New values of customers by column, each customer once; of two for one customer and field the last counts.</summary>
internal sealed class ValueSheet
{
    private readonly Dictionary<string, int> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Column> _columns = [];
    // The values of a customer come together.
    private string? _lastId;
    private int _lastRow;

    public ValueSheet(IEnumerable<string> customerIds)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in customerIds)
        {
            if (!ReferenceEquals(id, _lastId)) ids.Add(_lastId = id);
        }
        (Ids, _lastId) = ([.. ids], null);
        // In the order of the index, which finds neighbours faster.
        Array.Sort(Ids, StringComparer.Ordinal);
        for (var i = 0; i < Ids.Length; i++) _rows[Ids[i]] = i;
    }

    public string[] Ids { get; }

    /// <summary>One for each attribute that somebody gets a value of.</summary>
    public IReadOnlyCollection<Column> Columns => _columns.Values;

    public void Set(string customerId, CustomerAttribute attribute, string? value)
    {
        if (!_columns.TryGetValue(attribute.Id, out var column)) _columns[attribute.Id] = column = new(attribute, Ids.Length);
        if (!ReferenceEquals(customerId, _lastId)) (_lastId, _lastRow) = (customerId, _rows[customerId]);
        var row = _lastRow;
        (column.Values[row], column.Given[row]) = (value, true);
    }

    /// <summary>The fields that a customer gets a value of.</summary>
    public IEnumerable<string> FieldsOf(string customerId) => _columns.Values.Where(c => c.Given[_rows[customerId]]).Select(c => c.Attribute.Field);

    /// <summary>The values of an attribute, by row, and who gets one.</summary>
    public sealed class Column(CustomerAttribute attribute, int rows)
    {
        public CustomerAttribute Attribute => attribute;
        public string?[] Values { get; } = new string?[rows];
        public bool[] Given { get; } = new bool[rows];
        public bool IsFull => Array.TrueForAll(Given, given => given);
    }
}
