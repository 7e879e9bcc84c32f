using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Optimove.Portal.Data;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

/// <summary>How posts of interactions look customers up while the statistics know nothing of the posts just before, as in the first minute of a partner's many posts.</summary>
public sealed class InteractionPlanTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Theory]
    [InlineData("take-interactions.sql", "interactions_pkey")]
    [InlineData("take-triggered-interactions.sql", "triggered_interactions_pkey", "trigger_decisions_customer")]
    public async Task Customers_are_looked_up_by_key_and_never_all_compared_with_all(string file, params string[] indexes)
    {
        // What is known is of other campaigns: nothing of the one that the post is about.
        await house.App.Database.RunAsync($"""
            set search_path = {house.Acme.Schema};
            insert into trigger_decisions (decided_at, campaign_id, fate, customer_id, event_id) select now(), 1000 + n % 3, 'sent', 'C-' || n % 5000, '{file}' || n from generate_series(1, 20000) n;
            analyze trigger_decisions;
            """);
        var customers = Enumerable.Range(1, 10_000).Select(n => $"C-{n}").ToArray();
        await house.InAsync(house.Acme, async s =>
        {
            await using var connection = await s.GetRequiredService<TenantDatabase>().OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand($"explain (format json) {SqlFile.Read(file)}", connection)
            {
                Parameters =
                {
                    new() { Value = 1 }, new() { Value = customers }, new() { Value = (short)2 }, new() { Value = new DateOnly(2026, 5, 14) }, new() { Value = 8L },
                    new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, new() { Value = house.Clock.GetUtcNow() },
                },
            };
            var plan = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
            var nodes = Nodes(JsonDocument.Parse(plan).RootElement[0].GetProperty("Plan")).ToList();
            Assert.DoesNotContain(nodes, n => n.TryGetProperty("Join Type", out _));
            Assert.Equal(indexes.Order(), nodes.Select(n => n.TryGetProperty("Index Name", out var index) ? index.GetString()! : null).OfType<string>().Order());
        });
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement plan) => (plan.TryGetProperty("Plans", out var below) ? below.EnumerateArray().SelectMany(Nodes) : []).Prepend(plan);
}
