using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Executions;

/// <summary>Finds the executions that programs ask for, by number.</summary>
public sealed class ExecutionQueries(IDbContextFactory<PortalDb> databases, TenantDatabase database)
{
    /// <summary>Null where there is none of this number, or it has no template yet.</summary>
    public async Task<Execution?> FindAsync(int id, CancellationToken cancellation) => (await ListAsync(o => o.Id == id, cancellation)).FirstOrDefault();

    /// <summary>Those with a template, by number.</summary>
    public async Task<IReadOnlyList<Execution>> ListAsync(Expression<Func<Occurrence, bool>> which, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var found = await (from o in db.Occurrences.AsNoTracking().Where(which)
                           let template = o.ListedAt == null ? o.Campaign.TemplateId : o.TemplateId
                           let connection = o.ListedAt == null ? o.Campaign.ConnectionId : o.ConnectionId
                           join t in db.Templates on template equals t.Id
                           where connection != null
                           orderby o.Id
                           select new { Occurrence = o, o.Campaign, Connection = connection!.Value, Partner = db.PartnerChannels.Where(p => p.ConnectionId == connection).Select(p => (int?)p.ChannelId).FirstOrDefault(), Template = t.Id, t.ProviderId, t.Name }).ToListAsync(cancellation);
        return [.. found.Select(f =>
        {
            f.Occurrence.Campaign = f.Campaign;
            return new Execution(f.Occurrence, f.Campaign.TargetGroupId, f.Partner ?? ExecutionChannel.Of(f.Connection), f.Template,
                f.Partner is null ? f.Template : long.Parse(f.ProviderId, CultureInfo.InvariantCulture), f.Name);
        })];
    }

    /// <summary>The latest execution in which a customer was written to and its time had come; null where there is none.</summary>
    public async Task<Execution?> LastOfCustomerAsync(string customerId, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("select occurrence_id from recipients where customer_id = $1 and chunk is not null", connection) { Parameters = { new() { Value = customerId } } };
        var ids = new List<int>();
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation)) ids.Add(reader.GetInt32(0));
        }
        var executions = await ListAsync(o => ids.Contains(o.Id) && o.SendAt <= now, cancellation);
        return executions.Where(e => e.IsExecuted).OrderByDescending(e => e.Occurrence.SendAt).ThenByDescending(e => e.Id).FirstOrDefault();
    }

    /// <summary>The templates that campaigns use, which are their actions, by number.</summary>
    public async Task<IReadOnlyList<(int Id, string Name)>> ActionsAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var actions = await db.Templates.Where(t => db.Campaigns.Any(c => c.TemplateId == t.Id) || db.Occurrences.Any(o => o.TemplateId == t.Id)).OrderBy(t => t.Id).Select(t => new { t.Id, t.Name }).ToListAsync(cancellation);
        return [.. actions.Select(a => (a.Id, a.Name))];
    }
}
