using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Customers;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Nights;

/// <summary>A person decides that tonight's campaigns use the data there is, although no new file has come; the name and the note are kept.</summary>
public sealed class DecideNight(IDbContextFactory<PortalDb> databases, Actor actor, Audit audit, TimeProvider clock)
{
    public async Task RunAsync(int nightId, string note, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        if (string.IsNullOrWhiteSpace(note)) throw new RefusedException("Write a note that says why. It is kept in the audit log.");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var night = await db.Nights.SingleOrDefaultAsync(n => n.Id == nightId, cancellation) ?? throw new RefusedException("There is no such night.");
        if (night.State != NightState.Held) throw new RefusedException("The night is no longer on hold.");
        (night.Decision, night.DecidedBy, night.DecisionNote) = (ImportDecision.UsePrevious, actor.Name, note.Trim());
        audit.Record(db, "night.released", $"Night of {night.Date:d MMMM yyyy}", after: new { Note = note.Trim() });
        await db.SaveChangesAsync(cancellation);
    }
}
