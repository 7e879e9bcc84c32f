using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups.Counts;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Sql;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups.Members;

/// <summary>Draws ten people of a checked rule at random, each time others, with the attributes that the rule asks about.</summary>
public sealed class SamplePeople(IDbContextFactory<PortalDb> databases, TenantRules rules, TenantDatabase database)
{
    private const int ShownAttributes = 3;

    public async Task<PeopleSample> RunAsync(Rule rule, CancellationToken cancellation = default)
    {
        var context = await rules.GetAsync(cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var attributes = await db.CustomerAttributes.AsNoTracking().OrderBy(a => a.Id).ToListAsync(cancellation);
        var names = new[] { AttributePurpose.FirstName, AttributePurpose.LastName }.Select(p => attributes.Find(a => a.Purpose == p)).OfType<CustomerAttribute>().ToList();
        var shown = Shown(rule, attributes.Where(a => a.Purpose == AttributePurpose.None).ToList()).Select(a => a.ToColumn()).ToList();
        var compiled = SqlCompiler.Compile(rule, context);
        var sql = SqlFile.Read("draw-people.sql").Replace("{predicate}", compiled.Predicate, StringComparison.Ordinal)
            .Replace("{columns}", string.Concat(names.Select(a => a.Field).Concat(shown.Select(a => a.Field)).Select(f => $", c.\"{f}\"")), StringComparison.Ordinal)
            .Replace("{since}", $"${compiled.Parameters.Count + 1}", StringComparison.Ordinal);
        return await WaitedRead.ReadAsync(database, async connection =>
        {
            await using var command = new NpgsqlCommand(sql, connection).With(compiled.Parameters);
            command.Parameters.Add(new() { Value = context.StartOfDay(context.DataDate.AddYears(-1).AddDays(1)) });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var people = new List<Person>();
            while (await reader.ReadAsync(cancellation)) people.Add(Read(reader, names.Count, shown, context));
            return new PeopleSample(shown, people);
        }, cancellation);
    }

    /// <summary>Those that the rule asks about, then the first defined ones, until there are enough.</summary>
    private static IEnumerable<CustomerAttribute> Shown(Rule rule, List<CustomerAttribute> attributes)
    {
        var asked = Fields(rule).Distinct().Select(f => attributes.Find(a => a.Field == f)).OfType<CustomerAttribute>().ToList();
        return asked.Concat(attributes.Except(asked)).Take(ShownAttributes);
    }

    private static IEnumerable<string> Fields(Rule rule) => rule is AttributeRule attribute ? [attribute.Field] : rule.Children.SelectMany(Fields);

    private static Person Read(NpgsqlDataReader reader, int names, List<AttributeColumn> shown, RuleContext context)
    {
        const int first = 3;
        var name = string.Join(' ', Enumerable.Range(first, names).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)).Where(n => n!.Length > 0));
        return new(reader.GetString(0), name.Length == 0 ? null : name, reader.IsDBNull(1) ? null : context.DayOf(reader.GetDateTime(1)), reader.GetDecimal(2),
            [.. shown.Select((a, i) => FactsOfCustomer.Value(reader, first + names + i, a.Type))]);
    }
}

/// <summary>Some people of a rule.</summary>
/// <param name="Shown">The attributes whose values the people carry.</param>
public sealed record PeopleSample(IReadOnlyList<AttributeColumn> Shown, IReadOnlyList<Person> People);

/// <summary>One customer of a sample.</summary>
/// <param name="Name">First and last name, where the client has them.</param>
/// <param name="LastPurchase">The day in the tenant's zone; null without a purchase.</param>
/// <param name="Spent">The amounts of the twelve months up to the data date.</param>
/// <param name="Values">One for each shown attribute: string, int, decimal, bool, DateOnly, DateTime in UTC, or null.</param>
public sealed record Person(string CustomerId, string? Name, DateOnly? LastPurchase, decimal Spent, IReadOnlyList<object?> Values);
