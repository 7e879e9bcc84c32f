using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Channels.Audience;
using Optimove.Portal.Customers;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Tests.Channels.Onboarding;

public sealed class DataFactsTests(ChannelsHouse house) : IClassFixture<ChannelsHouse>
{
    private static readonly DateTimeOffset Night = new(2026, 6, 17, 0, 14, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(RecipientIdentity.EmailAddress, "email", 300)]
    [InlineData(RecipientIdentity.ContactKey, "contact_key", 2)]
    [InlineData(RecipientIdentity.ExternalId, "customer_id", 300)]
    [InlineData(RecipientIdentity.Named, "contact_key", 2)]
    public async Task Every_kind_of_identity_is_counted_where_it_is_filled_and_the_data_has_its_time(RecipientIdentity identity, string field, long filled)
    {
        await ArrangeAsync();
        var facts = await ReadAsync(new(identity, "contact_key"));
        Assert.Equal((300, field, filled, Night), (facts.Customers, facts.Identity, facts.WithIdentity, facts.Imported));
        Assert.Superset(new HashSet<string> { "email", "contact_key" }, facts.Attributes.ToHashSet());
    }

    [Fact]
    public async Task An_identity_that_the_data_does_not_have_is_said_to_be_missing()
    {
        await ArrangeAsync();
        var facts = await ReadAsync(new(RecipientIdentity.Named, "loyalty_number"));
        Assert.Equal((300, null, 0), (facts.Customers, facts.Identity, facts.WithIdentity));
    }

    // Of 300 customers 2 have a key; the key of a third holds nothing but a space.
    private Task ArrangeAsync() => house.InAsync(house.Ours, async s =>
    {
        await using var db = await ChannelsHouse.DbAsync(s);
        if (db.CustomerAttributes.Any(a => a.Field == "contact_key")) return;
        await house.Database.RunAsync($"""
            alter table {house.Ours.Schema}.customers add column contact_key varchar(40);
            update {house.Ours.Schema}.customers set contact_key = case customer_id when 'C3' then ' ' else 'K' || customer_id end where customer_id in ('C1', 'C2', 'C3');
            """);
        db.CustomerAttributes.Add(new() { Field = "contact_key", Name = "Contact key", Type = Targeting.AttributeType.Text, Length = 40, Purpose = AttributePurpose.ContactKey, CreatedAt = Night });
        db.ImportRuns.Add(new() { Kind = ImportKind.Customers, Source = ImportSource.Folder, FileName = "customers.csv", StartedBy = "night", StartedAt = Night.AddMinutes(-4), FinishedAt = Night, DataDate = new(2026, 6, 17), State = ImportState.Done });
        await db.SaveChangesAsync();
    });

    private Task<DataFacts> ReadAsync(KnowsBy provider) => house.InAsync(house.Ours, s => s.GetRequiredService<ReadDataFacts>().RunAsync(provider, new object()));

    /// <summary>A provider that knows customers by what the test says, and does nothing else.</summary>
    private sealed class KnowsBy(RecipientIdentity identity, string named) : IProvider
    {
        public ProviderInfo Info { get; } = new()
        {
            Key = "post", Name = "Post", Channel = Channel.Push, Identity = identity, SettingsType = typeof(object), ChunkSize = 1, Metrics = new HashSet<MetricKind>(), Checklist = [],
        };

        public string IdentityOf(object settings) => named;
        public Task<CheckResult> CheckAsync(ProviderConnection connection, string item, CheckInput input, CancellationToken cancellation) => throw new NotSupportedException();
        public Task<IReadOnlyList<ProviderTemplate>> GetTemplatesAsync(ProviderConnection connection, CancellationToken cancellation) => throw new NotSupportedException();
        public Task SendAsync(ProviderConnection connection, SendOrder order, IAsyncEnumerable<RecipientChunk> recipients, ILedger ledger, CancellationToken cancellation) => throw new NotSupportedException();
        public Task ReconcileAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) => throw new NotSupportedException();
        public Task<CancelResult> CancelAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) => throw new NotSupportedException();
        public Task<MetricsReading?> GetMetricsAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) => throw new NotSupportedException();
        public Task CleanUpAsync(ProviderConnection connection, SendOrder order, ILedger ledger, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
