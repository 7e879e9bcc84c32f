using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.TargetGroups.Counts;
using Optimove.Portal.Targeting;
using Optimove.Portal.Targeting.Wording;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.TargetGroups.Members;

/// <summary>Says why one customer is in or out of a checked rule, by the facts of the present data.</summary>
public sealed class ExplainMembership(IDbContextFactory<PortalDb> databases, TenantRules rules, TenantDatabase database)
{
    /// <param name="customer">A customer id, or an e-mail address in any spelling of its letters.</param>
    /// <returns>Null where there is no such customer.</returns>
    public async Task<MembershipAnswer?> RunAsync(Rule rule, string customer, CancellationToken cancellation = default)
    {
        var context = await rules.GetAsync(cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var attributes = await db.CustomerAttributes.AsNoTracking().ToListAsync(cancellation);
        var email = attributes.Find(a => a.Purpose == AttributePurpose.EmailAddress)?.Field;
        return await WaitedRead.ReadAsync(database, async connection =>
        {
            var ids = await FindAsync(connection, customer.Trim(), email, cancellation);
            if (ids.Count == 0) return null;
            var facts = await FactsOfCustomer.ReadAsync(connection, ids[0], [.. attributes.Select(a => a.ToColumn())], cancellation);
            string? Named(AttributePurpose purpose) => attributes.Find(a => a.Purpose == purpose) is { } a ? facts.Attributes[a.Field] as string : null;
            var name = string.Join(' ', new[] { Named(AttributePurpose.FirstName), Named(AttributePurpose.LastName) }.Where(n => !string.IsNullOrEmpty(n)));
            var called = Named(AttributePurpose.FirstName) is { Length: > 0 } first ? first : ids[0];
            return new MembershipAnswer(ids[0], name.Length == 0 ? null : name, ids.Count > 1, Explainer.Explain(rule, facts, context, called));
        }, cancellation);
    }

    private static async Task<List<string>> FindAsync(NpgsqlConnection connection, string customer, string? email, CancellationToken cancellation)
    {
        var byId = await IdsAsync(connection, "select customer_id from customers where customer_id = $1", customer, cancellation);
        return byId.Count > 0 || email is null || !customer.Contains('@') ? byId
            : await IdsAsync(connection, $"select customer_id from customers where lower(btrim(\"{email}\")) = lower($1) order by 1 limit 2", customer, cancellation);
    }

    private static async Task<List<string>> IdsAsync(NpgsqlConnection connection, string sql, string value, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = value } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<string>();
        while (await reader.ReadAsync(cancellation)) ids.Add(reader.GetString(0));
        return ids;
    }
}

/// <summary>Why a customer is in or out.</summary>
/// <param name="Shared">Further customers have the same e-mail address; this is the first of them.</param>
public sealed record MembershipAnswer(string CustomerId, string? Name, bool Shared, Verdict Verdict);
