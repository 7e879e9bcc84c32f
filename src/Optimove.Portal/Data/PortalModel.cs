using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Accounts;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Campaigns.Promotions;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Channels.Partners.Events;
using Optimove.Portal.Customers;
using Optimove.Portal.Metrics;
using Optimove.Portal.Metrics.Posts;
using Optimove.Portal.PartnerApi.Callbacks;
using Optimove.Portal.PartnerApi.Calls;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Sending;
using Optimove.Portal.Sending.Executions;
using Optimove.Portal.Sending.Nights;
using Optimove.Portal.Sending.Push;
using Optimove.Portal.Sending.Triggers;
using Optimove.Portal.TargetGroups;
using Optimove.Portal.TargetGroups.Segments;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Data;

/// <summary>Keys, lengths and indexes of the shared tables. Each tenant table has an index that begins with the tenant.</summary>
internal static class PortalModel
{
    public static void Configure(ModelBuilder b)
    {
        Accounts(b);
        Audience(b);
        Channels(b);
        Campaigns(b);
        Triggers(b);
        PartnerChannels(b);
        PartnerApi(b);
    }

    private static void Accounts(ModelBuilder b)
    {
        b.Entity<Tenant>(e =>
        {
            e.HasIndex(t => t.Slug).IsUnique();
            e.Property(t => t.Slug).HasMaxLength(40);
            e.Property(t => t.Name).HasMaxLength(120);
            e.Property(t => t.Currency).HasMaxLength(3);
        });
        b.Entity<PortalUser>().HasOne<Tenant>().WithMany().HasForeignKey(u => u.TenantId).OnDelete(DeleteBehavior.Restrict);
        b.Entity<CsmAssignment>().HasKey(a => new { a.TenantId, a.UserId });
        b.Entity<CsmAssignment>().HasOne<PortalUser>().WithMany().HasForeignKey(a => a.UserId);
        b.Entity<CsmAssignment>().HasOne<Tenant>().WithMany().HasForeignKey(a => a.TenantId);
        b.Entity<Visit>().HasIndex(v => new { v.TenantId, v.UserId, v.EnteredAt });
        b.Entity<Visit>().HasOne<PortalUser>().WithMany().HasForeignKey(v => v.UserId);
        b.Entity<Visit>().HasOne<Tenant>().WithMany().HasForeignKey(v => v.TenantId);
        b.Entity<AuditEntry>(e =>
        {
            e.HasIndex(a => new { a.TenantId, a.At });
            e.Property(a => a.Before).HasColumnType("jsonb");
            e.Property(a => a.After).HasColumnType("jsonb");
        });
    }

    private static void Audience(ModelBuilder b)
    {
        b.Entity<CustomerAttribute>(e =>
        {
            e.HasIndex(a => new { a.TenantId, a.Field }).IsUnique();
            e.Property(a => a.Field).HasMaxLength(59);
            e.Property(a => a.Name).HasMaxLength(120);
        });
        b.Entity<ImportRun>(e =>
        {
            e.HasIndex(r => new { r.TenantId, r.Kind, r.StartedAt });
            e.Property(r => r.Report).HasColumnType("jsonb");
        });
        b.Entity<TargetGroup>(e =>
        {
            e.HasIndex(g => new { g.TenantId, g.Name }).IsUnique().HasFilter("archived_at is null");
            e.Property(g => g.Name).HasMaxLength(120);
            e.Property(g => g.Rule).HasColumnType("jsonb");
            e.Property(g => g.Version).IsRowVersion();
        });
        b.Entity<TargetGroupSize>(e =>
        {
            e.HasIndex(s => new { s.TenantId, s.TargetGroupId, s.DataDate }).IsUnique();
            e.HasOne<TargetGroup>().WithMany().HasForeignKey(s => s.TargetGroupId);
        });
        b.Entity<Segment>(e =>
        {
            e.HasIndex(s => new { s.TenantId, s.Kind, s.Number }).IsUnique();
            e.HasIndex(s => new { s.TenantId, s.Kind, s.Name }).IsUnique().HasFilter("removed_at is null");
            e.Property(s => s.Name).HasMaxLength(80);
            e.HasOne<TargetGroup>().WithMany().HasForeignKey(s => s.TargetGroupId);
        });
    }

    private static void Channels(ModelBuilder b)
    {
        b.Entity<Connection>(e =>
        {
            e.HasIndex(c => new { c.TenantId, c.Name }).IsUnique().HasFilter("removed_at is null");
            e.Property(c => c.Name).HasMaxLength(120);
            e.Property(c => c.Settings).HasColumnType("jsonb");
        });
        b.Entity<ConnectionCheck>(e =>
        {
            e.HasIndex(c => new { c.TenantId, c.ConnectionId, c.Item }).IsUnique();
            e.HasOne<Connection>().WithMany().HasForeignKey(c => c.ConnectionId);
        });
        b.Entity<Template>(e =>
        {
            e.HasIndex(t => new { t.TenantId, t.ConnectionId, t.ProviderId }).IsUnique();
            e.HasOne<Connection>().WithMany().HasForeignKey(t => t.ConnectionId);
        });
    }

    private static void Campaigns(ModelBuilder b)
    {
        b.Entity<Campaign>(e =>
        {
            e.HasIndex(c => new { c.TenantId, c.State, c.SavedAt });
            e.Property(c => c.Name).HasMaxLength(120);
            e.Property(c => c.Version).IsRowVersion();
            e.HasOne<TargetGroup>().WithMany().HasForeignKey(c => c.TargetGroupId);
            e.HasOne<Connection>().WithMany().HasForeignKey(c => c.ConnectionId);
            e.HasOne<Template>().WithMany().HasForeignKey(c => c.TemplateId);
        });
        b.Entity<Occurrence>(e =>
        {
            e.HasIndex(o => new { o.TenantId, o.CampaignId, o.Date }).IsUnique();
            e.HasIndex(o => new { o.TenantId, o.State, o.SendAt });
            e.HasIndex(o => new { o.TenantId, o.DispatchId }).IsUnique();
            e.Property(o => o.Rule).HasColumnType("jsonb");
            // A process that lost its claim cannot overwrite what the next one saves.
            e.Property(o => o.LeaseOwner).IsConcurrencyToken();
            e.HasOne(o => o.Campaign).WithMany().HasForeignKey(o => o.CampaignId);
        });
        b.Entity<Night>().HasIndex(n => new { n.TenantId, n.Date }).IsUnique();
        b.Entity<PaceAccount>().HasIndex(p => new { p.TenantId, p.Account }).IsUnique();
        b.Entity<SendStep>(e =>
        {
            e.HasIndex(s => new { s.TenantId, s.OccurrenceId, s.Name }).IsUnique();
            e.HasOne<Occurrence>().WithMany().HasForeignKey(s => s.OccurrenceId);
        });
        b.Entity<MetricPull>(e =>
        {
            e.HasIndex(p => new { p.TenantId, p.OccurrenceId, p.Day }).IsUnique();
            e.HasOne<Occurrence>().WithMany().HasForeignKey(p => p.OccurrenceId);
        });
    }

    private static void Triggers(ModelBuilder b)
    {
        b.Entity<EventDefinition>(e =>
        {
            e.HasIndex(d => new { d.TenantId, d.Name }).IsUnique().HasFilter("retired_at is null");
            e.Property(d => d.Name).HasMaxLength(64);
            e.Property(d => d.Parameters).HasColumnType("jsonb");
        });
        b.Entity<TriggeredCampaign>(e =>
        {
            e.HasIndex(c => new { c.TenantId, c.State });
            e.Property(c => c.Name).HasMaxLength(120);
            e.Property(c => c.TriggerName).HasMaxLength(120);
            e.Property(c => c.Rule).HasColumnType("jsonb");
            e.Property(c => c.Version).IsRowVersion();
            e.HasOne<TargetGroup>().WithMany().HasForeignKey(c => c.TargetGroupId);
        });
    }

    private static void PartnerChannels(ModelBuilder b)
    {
        b.Entity<PartnerChannel>(e =>
        {
            e.HasIndex(c => new { c.TenantId, c.ChannelId }).IsUnique().HasFilter("removed_at is null");
            e.HasOne(c => c.Connection).WithMany().HasForeignKey(c => c.ConnectionId);
            e.Property(c => c.Name).HasMaxLength(120);
        });
        b.Entity<ChannelApp>(e =>
        {
            e.HasIndex(a => new { a.TenantId, a.PartnerChannelId, a.AppId }).IsUnique();
            e.HasOne<PartnerChannel>().WithMany().HasForeignKey(a => a.PartnerChannelId);
        });
        b.Entity<EventListener>(e =>
        {
            e.HasIndex(l => new { l.TenantId, l.CredentialId, l.EventType, l.ChannelId }).IsUnique().AreNullsDistinct(false);
            e.HasOne<ApiCredential>().WithMany().HasForeignKey(l => l.CredentialId);
        });
        b.Entity<ListFetch>(e =>
        {
            e.HasIndex(f => new { f.TenantId, f.OccurrenceId }).IsUnique();
            e.HasOne<Occurrence>().WithMany().HasForeignKey(f => f.OccurrenceId);
        });
        b.Entity<MetricPost>(e =>
        {
            e.HasIndex(p => new { p.TenantId, p.OccurrenceId, p.At });
            e.HasOne<Occurrence>().WithMany().HasForeignKey(p => p.OccurrenceId);
        });
        b.Entity<PostedFigure>(e =>
        {
            e.HasIndex(f => new { f.TenantId, f.OccurrenceId, f.TemplateNumber, f.Metric }).IsUnique();
            e.HasOne<Occurrence>().WithMany().HasForeignKey(f => f.OccurrenceId);
        });
        b.Entity<EventDelivery>(e =>
        {
            e.HasIndex(d => new { d.TenantId, d.ListenerId, d.Id }).HasFilter("next_try_at is not null").HasDatabaseName("ix_event_deliveries_waiting");
            e.HasIndex(d => new { d.TenantId, d.ListenerId, d.CreatedAt });
            e.HasIndex(d => new { d.TenantId, d.OccurrenceId }).HasFilter("occurrence_id is not null");
            e.HasOne<EventListener>().WithMany().HasForeignKey(d => d.ListenerId).OnDelete(DeleteBehavior.Cascade);
        });
        b.Entity<Promotion>().HasIndex(p => new { p.TenantId, p.Code }).IsUnique();
    }

    private static void PartnerApi(ModelBuilder b)
    {
        b.Entity<ApiCredential>(e =>
        {
            e.HasIndex(c => new { c.TenantId, c.Name }).IsUnique().HasFilter("revoked_at is null");
            e.Property(c => c.Name).HasMaxLength(80);
        });
        b.Entity<ApiSecret>(e =>
        {
            e.HasKey(s => s.Hash);
            e.HasIndex(s => new { s.TenantId, s.CredentialId });
            e.HasOne<Tenant>().WithMany().HasForeignKey(s => s.TenantId);
            e.HasOne<ApiCredential>().WithMany().HasForeignKey(s => s.CredentialId);
        });
        b.Entity<ApiCallback>().HasIndex(c => new { c.TenantId, c.NextTryAt });
        b.Entity<ApiCallLine>(e =>
        {
            e.ToTable("ApiCalls");
            // The key is the order in which they are read, so that a line is written into one index less.
            e.HasKey(c => new { c.TenantId, c.At, c.Id });
            e.Property(c => c.Id).ValueGeneratedOnAdd();
            e.Property(c => c.Calls).HasDefaultValue(1);
            // Credentials are never deleted; to look each of thousands of lines a second up among them costs more than to write it.
            e.HasIndex(c => new { c.TenantId, c.CredentialId, c.At });
        });
    }
}
