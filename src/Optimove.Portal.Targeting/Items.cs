using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Optimove.Portal.Targeting;

/// <summary>An unchanging list that equals another with equal items, so that rules compare by what they say.</summary>
[CollectionBuilder(typeof(Items), nameof(Items.Create))]
[JsonConverter(typeof(ItemsConverterFactory))]
public sealed class Items<T> : IReadOnlyList<T>, IEquatable<Items<T>> where T : class
{
    private readonly T[] _items;

    internal Items(T[] items) => _items = items;

    /// <inheritdoc />
    public int Count => _items.Length;

    /// <inheritdoc />
    public T this[int index] => _items[index];

    /// <inheritdoc />
    public bool Equals(Items<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Items<T>);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in _items) hash.Add(item);
        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The items between brackets.</summary>
    public override string ToString() => $"[{string.Join(", ", (IEnumerable<T>)_items)}]";
}

/// <summary>Makes <see cref="Items{T}"/>; collection expressions use it.</summary>
public static class Items
{
    /// <summary>A list of copies of <paramref name="items"/>.</summary>
    public static Items<T> Create<T>(ReadOnlySpan<T> items) where T : class => new(items.ToArray());
}

internal sealed class ItemsConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => true;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(ItemsConverter<>).MakeGenericType(typeToConvert.GenericTypeArguments))!;
}

internal sealed class ItemsConverter<T> : JsonConverter<Items<T>> where T : class
{
    public override Items<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var items = JsonSerializer.Deserialize<T[]>(ref reader, options) ?? [];
        return Array.TrueForAll(items, i => i is not null) ? new(items) : throw new JsonException("A rule holds a list with a gap.");
    }

    public override void Write(Utf8JsonWriter writer, Items<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize<IEnumerable<T>>(writer, value, options);
}
