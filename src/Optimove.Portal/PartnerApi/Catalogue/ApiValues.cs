namespace Optimove.Portal.PartnerApi.Catalogue;

/// <summary>The values of a query or of one object, of the types that the catalogue declares. Asking for a name that is not declared is a bug.</summary>
public sealed class ApiValues(IReadOnlyList<ApiField> fields, object?[] values)
{
    private static readonly Dictionary<string, object?> NoValues = [];

    public static ApiValues None { get; } = new([], []);

    public IReadOnlyList<ApiField> Fields => fields;

    public int Int(string name) => (int)Required(name);
    public int? IntOrNull(string name) => (int?)this[name];
    public long Long(string name) => (long)Required(name);
    public long? LongOrNull(string name) => (long?)this[name];
    public string Text(string name) => (string)Required(name);
    public string? TextOrNull(string name) => (string?)this[name];
    public DateOnly? DateOrNull(string name) => (DateOnly?)this[name];
    public bool? BoolOrNull(string name) => (bool?)this[name];
    public IReadOnlyList<string> Texts(string name) => (IReadOnlyList<string>?)this[name] ?? [];
    public IReadOnlyList<ApiValues> List(string name) => (IReadOnlyList<ApiValues>?)this[name] ?? [];

    /// <summary>Names and plain values: string, decimal, bool or null; a name twice in other capitals is the later one.</summary>
    public IReadOnlyDictionary<string, object?> Values(string name) => (IReadOnlyDictionary<string, object?>?)this[name] ?? NoValues;

    /// <summary>A channel's number; null where none was given, or 0.</summary>
    public int? Channel(string name) => (int?)this[name] is { } number and not 0 ? number : null;

    /// <summary>The numbers of all channels in here, at any depth.</summary>
    internal IEnumerable<int> Channels()
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (!fields[i].HasChannels) continue;
            if (fields[i].Type == ApiType.Channel && values[i] is int number and not 0) yield return number;
            if (values[i] is not IReadOnlyList<ApiValues> items) continue;
            foreach (var inner in items.SelectMany(item => item.Channels())) yield return inner;
        }
    }

    private object Required(string name) => this[name] ?? throw new InvalidOperationException($"{name} is not declared as required.");

    private object? this[string name]
    {
        get
        {
            for (var i = 0; i < fields.Count; i++)
            {
                if (fields[i].Name == name) return values[i];
            }
            throw new InvalidOperationException($"{name} is not declared in the catalogue.");
        }
    }
}
