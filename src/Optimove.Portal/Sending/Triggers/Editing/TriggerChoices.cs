using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Triggers.Editing;

/// <summary>What a triggered campaign can be made of.</summary>
public sealed record TriggerChoices(IReadOnlyList<EventDefinition> Events, IReadOnlyList<GroupChoice> Groups, IReadOnlyList<TriggerChannel> Channels, DateOnly Today)
{
    /// <summary>Everything that keeps the campaign from going live, in the order of the page.</summary>
    public IReadOnlyList<TriggerProblem> Problems(TriggerDraft draft) =>
        new TriggerCheck(Events.ToDictionary(e => e.Id), Groups.Select(g => g.Id).ToHashSet(), Channels, Today).Problems(draft);
}

/// <summary>A target group that can be chosen.</summary>
public sealed record GroupChoice(int Id, string Name);

/// <summary>Reads what triggered campaigns can be made of.</summary>
public sealed class TriggerChoicesQueries(IDbContextFactory<PortalDb> databases, TriggerChannels channels, TenantContext tenant, TimeProvider clock)
{
    public async Task<TriggerChoices> ReadAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return new(
            await db.EventDefinitions.AsNoTracking().Where(d => d.RetiredAt == null).OrderBy(d => d.Name).ToListAsync(cancellation),
            await db.TargetGroups.AsNoTracking().Where(g => g.ArchivedAt == null).OrderBy(g => g.Name).Select(g => new GroupChoice(g.Id, g.Name)).ToListAsync(cancellation),
            await channels.ListAsync(cancellation), tenant.Current.DayOf(clock.GetUtcNow()));
    }
}
