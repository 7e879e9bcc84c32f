using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Accounts.Settings;

/// <summary>Answers what was done in the entered client, newest first.</summary>
public sealed class AuditQueries(IDbContextFactory<PortalDb> databases)
{
    /// <param name="who">Part of a name; null for all.</param>
    /// <param name="about">First word of the action, such as campaign or person; null for all.</param>
    public async Task<PageOf<AuditLine>> ListAsync(string? who, string? about, GridQuery query, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var entries = db.AuditEntries.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(who))
        {
            var pattern = "%" + who.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
            entries = entries.Where(e => EF.Functions.ILike(e.Who, pattern, @"\") || EF.Functions.ILike(e.Subject, pattern, @"\"));
        }
        if (!string.IsNullOrEmpty(about)) entries = entries.Where(e => e.Action.StartsWith(about + "."));
        var total = await entries.LongCountAsync(cancellation);
        var page = await entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Skip(query.Offset).Take(query.PageSize).ToListAsync(cancellation);
        return new([.. page.Select(e => new AuditLine(e.Id, e.At, e.Who, e.Kind, AuditWords.Sentence(e.Action), e.Subject, AuditDiff.Of(e.Before, e.After)))], total);
    }

    /// <summary>The first words of the actions that occur, for the filter.</summary>
    public async Task<IReadOnlyList<string>> KindsAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var actions = await db.AuditEntries.Select(e => e.Action).Distinct().ToListAsync(cancellation);
        return [.. actions.Select(a => a.Split('.')[0]).Distinct().Order(StringComparer.Ordinal)];
    }
}

/// <summary>One line of the audit log as people read it.</summary>
public sealed record AuditLine(long Id, DateTimeOffset At, string Who, ActorKind Kind, string What, string Subject, IReadOnlyList<Difference> Differences);
