using System.Text.Json;
using Optimove.Portal.Data;

namespace Optimove.Portal.Tenancy;

/// <summary>Adds lines to the tenant's audit log in the same transaction as the change that they describe.</summary>
public sealed class Audit(Actor actor, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    /// <param name="action">noun.verb, for example <c>campaign.scheduled</c>.</param>
    /// <param name="before">Configuration before, without secrets.</param>
    public void Record(PortalDb db, string action, string subject, object? before = null, object? after = null) =>
        db.AuditEntries.Add(new()
        {
            At = clock.GetUtcNow(), UserId = actor.UserId, Who = actor.Name, Kind = actor.Kind, Action = action, Subject = subject,
            Before = before is null ? null : JsonSerializer.Serialize(before, Json),
            After = after is null ? null : JsonSerializer.Serialize(after, Json),
        });
}
