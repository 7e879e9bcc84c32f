using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels.Connections;
using Optimove.Portal.Data;

namespace Optimove.Portal.Channels.Onboarding;

/// <summary>What somebody did to a connection, from the audit log.</summary>
/// <param name="Note">What they wrote beside it.</param>
public sealed record HandOverDeed(DateTimeOffset At, string Who, string What, string? Note);

/// <summary>A connection with everything that a person who takes it over has to know; no secret.</summary>
/// <param name="Deeds">The latest first.</param>
public sealed record HandOver(ConnectionView Connection, IReadOnlyList<HandOverDeed> Deeds)
{
    /// <summary>Everybody who had a part in it, with when they last had, the latest first.</summary>
    public IEnumerable<(string Who, DateTimeOffset Last)> People => Deeds.GroupBy(d => d.Who).Select(g => (g.Key, g.Max(d => d.At))).OrderByDescending(p => p.Item2);
}

/// <summary>Brings a connection together for its hand-over page.</summary>
public sealed class HandOverQueries(IDbContextFactory<PortalDb> databases, ConnectionQueries connections)
{
    private const int Most = 40;

    /// <summary>Null when there is no such connection or it was removed.</summary>
    public async Task<HandOver?> FindAsync(int id, CancellationToken cancellation = default)
    {
        if (await connections.FindAsync(id, cancellation) is not { } view) return null;
        var (whole, part) = ($"Connection {view.Name}", $", connection {view.Name}");
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var entries = await db.AuditEntries.AsNoTracking().Where(a => a.At >= view.CreatedAt && a.Action.StartsWith("connection.") && (a.Subject == whole || a.Subject.EndsWith(part)))
            .OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(Most).Select(a => new { a.At, a.Who, a.Action, a.Subject, a.After }).ToListAsync(cancellation);
        return new(view, [.. entries.Select(a => new HandOverDeed(a.At, a.Who, What(a.Action, a.Subject, part), Note(a.After)))]);
    }

    private static string What(string action, string subject, string part) => action switch
    {
        "connection.created" => "Made the connection",
        "connection.changed" => "Changed the settings",
        "connection.confirmed" => $"Confirmed: {subject[..^part.Length]}",
        "connection.doubted" => $"No longer true: {subject[..^part.Length]}",
        _ => subject,
    };

    private static string? Note(string? after)
    {
        if (after is null) return null;
        using var json = JsonDocument.Parse(after);
        if (json.RootElement.TryGetProperty("note", out var note)) return note.GetString();
        return json.RootElement.TryGetProperty("SecretsReplaced", out var secrets) && secrets.GetArrayLength() > 0
            ? $"New secrets: {string.Join(", ", secrets.EnumerateArray().Select(s => s.GetString()))}" : null;
    }
}
