using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Checks;

/// <summary>Records a person's word on a checklist item that software cannot check: who confirmed it, when and with what note; or that it no longer holds.</summary>
public sealed class ConfirmCheck(IDbContextFactory<PortalDb> databases, ProviderCatalog catalog, Audit audit, Actor actor, TimeProvider clock)
{
    private const int LongestNote = 500;

    /// <param name="note">Who does it and how; needed to confirm.</param>
    public async Task RunAsync(int connectionId, string item, bool holds, string? note, CancellationToken cancellation = default)
    {
        actor.MustEdit(clock);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var connection = await db.Connections.SingleOrDefaultAsync(c => c.Id == connectionId && c.RemovedAt == null, cancellation)
            ?? throw new RefusedException("This connection has been removed.");
        var asked = catalog[connection.Provider].Info.Checklist.SingleOrDefault(i => i.Key == item && i.ByPerson)
            ?? throw new RefusedException("This item is checked by the portal itself; nobody has to confirm it.");
        note = note?.Trim();
        if (holds && string.IsNullOrEmpty(note)) throw new RefusedException("Say who does it and how, so that a colleague can ask them.");
        if (note?.Length > LongestNote) throw new RefusedException($"The note has {note.Length} characters; at most {LongestNote} fit.");
        var row = await db.ConnectionChecks.SingleOrDefaultAsync(c => c.ConnectionId == connectionId && c.Item == item, cancellation)
            ?? db.ConnectionChecks.Add(new() { ConnectionId = connectionId, Item = item, Sentence = "" }).Entity;
        row.Take(holds ? CheckState.Works : CheckState.Waiting, holds ? $"Confirmed by {actor.Name}." : $"{actor.Name} said that it no longer holds.", clock.GetUtcNow());
        (row.ConfirmedBy, row.Note) = (holds ? actor.Name : null, string.IsNullOrEmpty(note) ? null : note);
        audit.Record(db, holds ? "connection.confirmed" : "connection.doubted", $"{asked.Title}, connection {connection.Name}", after: new { note });
        await db.SaveChangesAsync(cancellation);
    }
}
