using System.Text.Json;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Customers.Attributes.Programs;
using Optimove.Portal.PartnerApi.Catalogue;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>The customer attributes that a call asks to have with each customer, in its order.</summary>
internal static class AskedAttributes
{
    private const int Most = 100;
    private const string Name = "CustomerAttributes";

    // The delimiter mattered where the answer was one text; names are always parted by semicolons.
    public static IReadOnlyList<ApiField> Fields { get; } = [May(Name, ApiType.Text, 8_000), May("CustomerAttributesDelimiter", ApiType.Text)];

    /// <summary>What an answer's rows have of them: an array of texts, not there where none were asked for.</summary>
    public static ApiField Answer { get; } = May(Name, ApiType.Texts);

    /// <exception cref="RefusedException">There is no such attribute, or there are too many.</exception>
    /// <returns>An answer instead where the key may not read one of them.</returns>
    public static async Task<(IReadOnlyList<CustomerAttribute> Attributes, ApiAnswer? Refusal)> OfAsync(ApiCall call) => await OfAsync(call, Name);

    /// <inheritdoc cref="OfAsync(ApiCall)"/>
    /// <param name="parameter">The name of the query that names them, parted by semicolons.</param>
    public static async Task<(IReadOnlyList<CustomerAttribute> Attributes, ApiAnswer? Refusal)> OfAsync(ApiCall call, string parameter)
    {
        var names = call.Query.TextOrNull(parameter)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (names.Length == 0) return ([], null);
        if (names.Length > Most) throw new RefusedException($"{parameter} names {names.Length} attributes; at most {Most} are given in one call.");
        var all = await call.Get<AttributeQueries>().AllAsync(call.Cancellation);
        var attributes = new List<CustomerAttribute>(names.Length);
        foreach (var name in names)
        {
            // Whether a partner's key may read a field is said before whether there is one.
            var attribute = FieldLookup.Find(all, name);
            if (!call.Caller.MayRead(attribute?.Field ?? name)) return ([], ApiAnswer.Refused(403, $"This key is not allowed to read the attribute {name}."));
            attributes.Add(attribute ?? throw new RefusedException($"{parameter}: there is no attribute {name}."));
        }
        return (attributes, null);
    }

    public static void Write(Utf8JsonWriter json, string[] values)
    {
        if (values.Length == 0) return;
        json.WriteStartArray(Name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
