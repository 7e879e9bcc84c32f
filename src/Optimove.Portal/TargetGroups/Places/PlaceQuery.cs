using System.Globalization;
using Npgsql;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Customers.Days;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Checking;
using Optimove.Portal.Targeting.Sql;

namespace Optimove.Portal.TargetGroups.Places;

/// <summary>A statement about places while it is put together: its values, and the customers of a day with the number of each one's place.</summary>
internal sealed class PlaceQuery(NpgsqlConnection connection, RuleContext context, IReadOnlyList<CustomerAttribute> attributes)
{
    private readonly List<object> _values = [];

    public PlaceQuery Add(object value)
    {
        _values.Add(value);
        return this;
    }

    /// <summary>A query of customer_id and place. In it the tables that rules read are those of the day, under their usual names, so that rules are compiled as always.</summary>
    public async Task<string> PlacedAsync(IReadOnlyList<Place> places, CustomersOfDay day, CancellationToken cancellation)
    {
        var of = context with { DataDate = day.Day };
        var whens = new List<string>();
        foreach (var place in places.Where(p => RuleChecker.Check(p.Rule, of.Catalogue).Count == 0))
        {
            var compiled = SqlCompiler.Compile(place.Rule, of, _values.Count + 1);
            _values.AddRange(compiled.Parameters.OrderBy(p => p.Position).Select(p => p.Value));
            whens.Add(string.Create(CultureInfo.InvariantCulture, $" when {compiled.Predicate} then {place.Number}"));
        }
        var placed = whens.Count == 0 ? $"{Place.None}" : $"case{string.Concat(whens)} else {Place.None} end";
        return $"{await TablesAsync(day, cancellation)} select c.customer_id, {placed} as place from customers c";
    }

    public NpgsqlCommand Command(NpgsqlConnection on, string sql, IReadOnlyList<CustomerAttribute> shown, int timeout)
    {
        var command = new NpgsqlCommand(sql.Replace("{values}", ShownValues.Columns(shown), StringComparison.Ordinal).Replace("{customers}", ShownValues.Join(shown), StringComparison.Ordinal), on) { CommandTimeout = timeout };
        foreach (var value in _values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    private async Task<string> TablesAsync(CustomersOfDay day, CancellationToken cancellation)
    {
        if (day.Until is not { } until) return "";
        var columns = await AttributeColumns.SelectAsync(connection, day.Table, attributes, cancellation);
        _values.Add(until.UtcDateTime);
        var end = $"${_values.Count}";
        // On one line, because it is put into the opening comments of the files too. A preference that has changed since is what it was before; where nothing earlier is kept, nothing had been said.
        return $"""
            with customers as not materialized (select {columns} from {day.Table}),
            transactions as not materialized (select * from transactions where occurred_at < {end}),
            channel_preferences as not materialized (
              select customer_id, channel, opted_in from channel_preferences where changed_at < {end}
              union all
              (select distinct on (p.customer_id, p.channel) p.customer_id, p.channel, r.opted_in
              from channel_preferences p join preference_changes h on h.customer_id = p.customer_id
              join preference_reports r on r.id = h.report_id and r.channel = p.channel and r.changed_at < {end}
              where p.changed_at >= {end}
              order by p.customer_id, p.channel, r.changed_at desc, r.id desc))
            """.ReplaceLineEndings(" ");
    }
}
