using System.Runtime.CompilerServices;
using Npgsql;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Customers.Days;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups.Places;

/// <summary>
/// Says which of several places customers had on a day, by today's rules on that day's customers, purchases and preferences, in the order of
/// their ids. A place whose rule has a problem is nobody's.
/// </summary>
public sealed class CustomerPlaces(TenantRules rules, AttributeQueries attributes, TenantDatabase database)
{
    private const int Timeout = 300;

    /// <summary>The customers in one place on a day.</summary>
    public async IAsyncEnumerable<PlacedCustomer> InAsync(
        IReadOnlyList<Place> places, int number, CustomersOfDay day, IReadOnlyList<CustomerAttribute> shown, (long Skip, long Most) page, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var query = await QueryAsync(connection, cancellation);
        await using var command = query.Add(page.Skip).Add(page.Most).Add(number).Command(connection, SqlFile.Read("read-placed-customers.sql")
            .Replace("{placed}", await query.PlacedAsync(places, day, cancellation), StringComparison.Ordinal), shown, Timeout);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return new(reader.GetString(0), [.. shown.Select((_, i) => reader.GetString(i + 1))]);
    }

    /// <summary>The customers whose place on a day is another than on an earlier one.</summary>
    public async IAsyncEnumerable<PlaceChange> ChangersAsync(
        IReadOnlyList<Place> places, (CustomersOfDay Earlier, CustomersOfDay Later) days, IReadOnlyList<CustomerAttribute> shown, (long Skip, long Most) page, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (days.Earlier == days.Later) yield break;
        await using var connection = await database.OpenAsync(cancellation);
        var query = await QueryAsync(connection, cancellation);
        await using var command = query.Add(page.Skip).Add(page.Most).Add(Place.None).Command(connection, SqlFile.Read("read-place-changers.sql")
            .Replace("{before}", await query.PlacedAsync(places, days.Earlier, cancellation), StringComparison.Ordinal)
            .Replace("{after}", await query.PlacedAsync(places, days.Later, cancellation), StringComparison.Ordinal), shown, Timeout);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) yield return new(reader.GetString(0), reader.GetInt32(1), reader.GetInt32(2), [.. shown.Select((_, i) => reader.GetString(i + 3))]);
    }

    private async Task<PlaceQuery> QueryAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        new(connection, await rules.GetAsync(cancellation), await attributes.AllAsync(cancellation));
}
