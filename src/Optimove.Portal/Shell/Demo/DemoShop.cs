using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Channels;
using Optimove.Portal.Data;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Shell.Demo;

/// <summary>What the demo client has set up: attributes, three target groups, connections to the twins, subject lines.</summary>
internal sealed class DemoShop(IDbContextFactory<PortalDb> databases, TenantSecrets secrets, SyncTemplates templates, CheckConnection check, TimeProvider clock)
{
    public async Task AttributesAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        foreach (var (field, name, type, length, purpose, tag) in DemoFiles.Attributes)
        {
            db.CustomerAttributes.Add(new() { Field = field, Name = name, Type = type, Length = length, Purpose = purpose, Personalisation = tag, CreatedAt = clock.GetUtcNow() });
        }
        await db.SaveChangesAsync(cancellation);
    }

    public async Task GroupsAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var staff = Group(db, "Works for us", new All([new AttributeRule("is_staff", Operator.IsTrue, [])]));
        await db.SaveChangesAsync(cancellation);
        Group(db, "VIP and rising", new All([
            new AttributeRule("value_tier", Operator.IsAnyOf, ["VIP", "Rising"]),
            new TransactionRule(Measure.Last, new Ever(), Operator.InLastDays, [120]),
            new AttributeRule("country", Operator.IsAnyOf, ["FR", "BE", "LU"]),
            new GroupRule(staff.Id, In: false)]));
        Group(db, "Everybody but staff", new All([new GroupRule(staff.Id, In: false)]));
        Group(db, "Lapsed, 90 to 365 days", new All([
            new TransactionRule(Measure.Last, new Ever(), Operator.InLastDays, [365]),
            new Not(new TransactionRule(Measure.Last, new Ever(), Operator.InLastDays, [90]))]));
        await db.SaveChangesAsync(cancellation);
    }

    public async Task<int> ConnectAsync(Uri twin, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var connection = db.Connections.Add(new()
        {
            Provider = "mailchimp", Name = "MailChimp", CreatedAt = clock.GetUtcNow(), SecretsSavedAt = clock.GetUtcNow(), TwinAddress = twin.ToString(),
            Settings = JsonSerializer.Serialize(new { DemoTwin.ListId, FromName = "Aurelia Stores", ReplyTo = "news@aurelia.example" }),
            Secrets = secrets.Protect(JsonSerializer.Serialize(new { DemoTwin.ApiKey })),
        }).Entity;
        await db.SaveChangesAsync(cancellation);
        await templates.RunAsync(connection.Id, cancellation);
        foreach (var (id, subject, preview) in DemoTwin.Subjects)
        {
            var template = await db.Templates.SingleAsync(t => t.ConnectionId == connection.Id && t.ProviderId == id, cancellation);
            (template.Subject, template.PreviewText) = (subject, preview);
        }
        await db.SaveChangesAsync(cancellation);
        await check.RunAsync(connection.Id, cancellation);
        return connection.Id;
    }

    public async Task ConnectAsync(DemoConnection from, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var connection = db.Connections.Add(new()
        {
            Provider = from.Provider, Name = from.Name, Settings = from.Settings, Secrets = secrets.Protect(from.Secrets), TwinAddress = from.Twin.ToString(),
            CreatedAt = clock.GetUtcNow(), SecretsSavedAt = clock.GetUtcNow(),
        }).Entity;
        await db.SaveChangesAsync(cancellation);
        await templates.RunAsync(connection.Id, cancellation);
        await check.RunAsync(connection.Id, cancellation);
    }

    private Optimove.Portal.TargetGroups.TargetGroup Group(PortalDb db, string name, Rule rule) => db.TargetGroups.Add(new()
    {
        Name = name, Rule = RuleJson.Write(rule), CreatedAt = clock.GetUtcNow(), ChangedAt = clock.GetUtcNow(), CreatedBy = "Sofia Marin", ChangedBy = "Sofia Marin",
    }).Entity;
}
