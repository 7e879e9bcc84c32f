using System.Text;

namespace Optimove.Portal.PartnerApi.Catalogue;

/// <summary>How a value is written on the wire.</summary>
public enum ApiType
{
    /// <summary>32 bits, signed.</summary>
    Integer,
    /// <summary>64 bits, signed.</summary>
    Long,
    /// <summary>A partner channel's number; a partner's key must be allowed to use it. 0 means none.</summary>
    Channel,
    Text,
    /// <summary>A text, or a whole number that is taken as its digits.</summary>
    TextOrNumber,
    /// <summary>yyyy-MM-dd.</summary>
    Date,
    Boolean,
    /// <summary>An array of texts.</summary>
    Texts,
    /// <summary>An array of whole numbers; in answers only.</summary>
    Integers,
    /// <summary>An array of objects.</summary>
    List,
    /// <summary>An object of names and plain values: texts, numbers, true, false and null.</summary>
    Values,
}

/// <summary>A named value of a query, a body or an answer; names are matched without regard to case.</summary>
public sealed record ApiField(string Name, ApiType Type)
{
    private readonly byte[] _utf8Name = Encoding.UTF8.GetBytes(Name);

    public bool Required { get; init; }
    /// <summary>A second name that some clients use.</summary>
    public string? Alias { get; init; }
    /// <summary>Most characters of a text.</summary>
    public int MaxLength { get; init; } = 250;
    /// <summary>Most items of an array.</summary>
    public int Limit { get; init; } = 100;
    /// <summary>What the items of a list hold.</summary>
    public IReadOnlyList<ApiField> Fields { get; init; } = [];

    public static ApiField Must(string name, ApiType type, int maxLength = 250) => new(name, type) { Required = true, MaxLength = maxLength };

    public static ApiField May(string name, ApiType type, int maxLength = 250) => new(name, type) { MaxLength = maxLength };

    /// <summary>Whether a channel's number can be in here, at any depth.</summary>
    internal bool HasChannels => Type == ApiType.Channel || Fields.Any(f => f.HasChannels);

    internal ReadOnlySpan<byte> Utf8Name => _utf8Name;

    internal bool IsCalled(string name) => name.Equals(Name, StringComparison.OrdinalIgnoreCase) || Alias is not null && name.Equals(Alias, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A JSON body: one object, or an array of them with a limit.</summary>
public sealed record ApiBody(bool IsList, int Limit, IReadOnlyList<ApiField> Fields)
{
    /// <summary>Whether the array may stand in another one, as one client sends it.</summary>
    public bool MayNest { get; init; }

    public static ApiBody Object(params IReadOnlyList<ApiField> fields) => new(false, 1, fields);

    public static ApiBody List(int limit, params IReadOnlyList<ApiField> fields) => new(true, limit, fields);
}
