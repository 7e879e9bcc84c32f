using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
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

/// <summary>
/// The shared tables. Rows of tenants are filtered to the entered tenant and stamped with it on save; PostgreSQL's row-level security
/// holds the same wall (see <see cref="TenantWall"/>). Use cases make one for each run through the context factory.
/// </summary>
public sealed class PortalDb(DbContextOptions<PortalDb> options, TenantContext tenant) : IdentityUserContext<PortalUser, int>(options)
{
    public DbSet<Tenant> Tenants => Set<Tenant>();
    public DbSet<CsmAssignment> CsmAssignments => Set<CsmAssignment>();
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<Installation> Installations => Set<Installation>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<CustomerAttribute> CustomerAttributes => Set<CustomerAttribute>();
    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();
    public DbSet<TargetGroup> TargetGroups => Set<TargetGroup>();
    public DbSet<TargetGroupSize> TargetGroupSizes => Set<TargetGroupSize>();
    public DbSet<Segment> Segments => Set<Segment>();
    public DbSet<Connection> Connections => Set<Connection>();
    public DbSet<ConnectionCheck> ConnectionChecks => Set<ConnectionCheck>();
    public DbSet<Template> Templates => Set<Template>();
    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<Occurrence> Occurrences => Set<Occurrence>();
    public DbSet<Night> Nights => Set<Night>();
    public DbSet<SendStep> SendSteps => Set<SendStep>();
    public DbSet<PaceAccount> PaceAccounts => Set<PaceAccount>();
    public DbSet<EventDefinition> EventDefinitions => Set<EventDefinition>();
    public DbSet<TriggeredCampaign> TriggeredCampaigns => Set<TriggeredCampaign>();
    public DbSet<MetricPull> MetricPulls => Set<MetricPull>();
    public DbSet<PartnerChannel> PartnerChannels => Set<PartnerChannel>();
    public DbSet<ChannelApp> ChannelApps => Set<ChannelApp>();
    public DbSet<ListFetch> ListFetches => Set<ListFetch>();
    public DbSet<MetricPost> MetricPosts => Set<MetricPost>();
    public DbSet<PostedFigure> PostedFigures => Set<PostedFigure>();
    public DbSet<EventListener> EventListeners => Set<EventListener>();
    public DbSet<EventDelivery> EventDeliveries => Set<EventDelivery>();
    public DbSet<Promotion> Promotions => Set<Promotion>();
    public DbSet<ApiCredential> ApiCredentials => Set<ApiCredential>();
    public DbSet<ApiSecret> ApiSecrets => Set<ApiSecret>();
    public DbSet<ApiCallback> ApiCallbacks => Set<ApiCallback>();
    public DbSet<ApiCallLine> ApiCalls => Set<ApiCallLine>();

    internal TenantContext Tenant => tenant;

    /// <summary>The entered tenant's id; read by the query filter at each query.</summary>
    public int CurrentTenantId => tenant.Current.Id;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.Properties<decimal>().HavePrecision(19, 4);
        configurationBuilder.Conventions.Add(_ => new SnakeCaseConvention());
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        PortalModel.Configure(builder);
        foreach (var entity in builder.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(ITenantOwned))).ToList())
        {
            typeof(PortalDb).GetMethod(nameof(FilterByTenant), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
                .MakeGenericMethod(entity.ClrType).Invoke(this, [builder]);
        }
    }

    private void FilterByTenant<T>(ModelBuilder builder) where T : class, ITenantOwned
    {
        builder.Entity<T>().HasQueryFilter("tenant", e => e.TenantId == CurrentTenantId);
        // Looking the tenant up would cost as much as all else of a line; the wall lets no other number in, and tenants are never deleted.
        if (typeof(T) != typeof(ApiCallLine)) builder.Entity<T>().HasOne<Tenant>().WithMany().HasForeignKey(e => e.TenantId).OnDelete(DeleteBehavior.Restrict);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Stamp();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        Stamp();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    private void Stamp()
    {
        foreach (var entry in ChangeTracker.Entries<ITenantOwned>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            if (entry.State == EntityState.Added && entry.Entity.TenantId == 0) entry.Entity.TenantId = CurrentTenantId;
            if (entry.Entity.TenantId != CurrentTenantId || entry.Property(e => e.TenantId).OriginalValue != entry.Entity.TenantId && entry.State != EntityState.Added)
            {
                throw new InvalidOperationException($"A {entry.Metadata.ClrType.Name} of another tenant cannot be saved here.");
            }
        }
    }
}
