using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Accounts.Clients;
using Optimove.Portal.Shell.Home;
using Optimove.Portal.Shell.Portfolio;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Shell.Portfolio;

public sealed class PortfolioTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task Clients_stand_by_what_needs_help_each_by_its_own_rows()
    {
        var (blocked, missed, fine) = (await ClientAsync("p-blocked"), await ClientAsync("p-missed"), await ClientAsync("p-fine"));
        await ClientAsync("p-watched");
        await ConnectAsync(blocked, "key", "Blocked");
        await ConnectAsync(missed, null, null);
        await ConnectAsync(fine, null, null);
        await app.Database.RunAsync($"update import_runs set data_date = current_date - 3 where tenant_id = {missed.Id}");
        await OccurrenceAsync(missed, "Missed", "now() - interval '1 day'");
        await OccurrenceAsync(missed, "Held", "now() - interval '8 days'");
        var all = await ListAsync("chief@staff.example");
        var ours = all.Where(c => c.Client.Tenant.Slug.StartsWith("p-", StringComparison.Ordinal)).ToList();
        Assert.Equal([("p-missed", Standing.NeedsHelp), ("p-blocked", Standing.NeedsHelp), ("p-watched", Standing.Watch), ("p-fine", Standing.Fine)], ours.Select(c => (c.Client.Tenant.Slug, c.Standing)));
        Assert.Equal(("1 missed", true), (ours[0].Stuck, ours[0].Health.DataLate));
        var item = Assert.Single(ours[1].Blocked);
        Assert.Equal(("Marketer", "The API key works", "Marketer must act on News"), (item.Owner, item.Line.Item.Title, ours[1].Sentence));
        Assert.InRange(TimeProvider.System.GetUtcNow() - item.Line.Since!.Value, TimeSpan.FromDays(5), TimeSpan.FromDays(5.1));
        Assert.Equal((5, 6), (ours[1].Connections[0].Checklist.Works, ours[1].Connections[0].Checklist.Lines.Count));
        Assert.Equal("still onboarding: no connection yet", ours[2].Sentence);
    }

    [Fact]
    public async Task A_CSM_sees_those_they_look_after_and_nobody_of_a_client_sees_any()
    {
        Assert.Empty(await ListAsync("csm@staff.example"));
        await Assert.ThrowsAsync<RefusedException>(() => ListAsync("admin@acme.example"));
    }

    [Fact]
    public async Task A_blocked_connection_counts_among_what_needs_a_person_of_that_client_alone()
    {
        var tenant = await ClientAsync("counted");
        await ConnectAsync(tenant, "key", "Blocked");
        await app.AddPersonAsync("marketer@counted.example", Portal.Accounts.UserRole.Marketer, tenant.Id);
        await using (var inside = await app.EnterAsync("marketer@counted.example", "counted"))
        {
            var needs = inside.ServiceProvider.GetRequiredService<NeedsQueries>();
            Assert.Equal(["The connection “News” is blocked"], (await needs.ListAsync(TestContext.Current.CancellationToken)).Select(n => n.What));
            Assert.Equal(1, await needs.CountAsync(TestContext.Current.CancellationToken));
            await app.Database.RunAsync($"update connection_checks set item = 'of-an-earlier-version' where tenant_id = {tenant.Id} and state = 'Blocked'");
            Assert.Equal(0, await needs.CountAsync(TestContext.Current.CancellationToken));
        }
        await using var other = await app.EnterAsync("marketer@acme.example", "acme");
        Assert.Equal(0, await other.ServiceProvider.GetRequiredService<NeedsQueries>().CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Among_equals_what_has_been_blocked_longest_comes_first()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        PortfolioClient Client(string name, int daysBlocked, int missed = 0)
        {
            var line = new Portal.Channels.Checks.ChecklistLine(new("key", "The key works", Providers.CheckOwner.Marketer, "Please."), Providers.CheckState.Blocked, "No.", now, null, null) { Since = now.AddDays(-daysBlocked) };
            return new(new(new(1, name, name, "Europe/Paris", "EUR"), null, false, null, []), new(new(2020, 1, 1), now, 0, false, 0, missed, 0, 0), [new(1, "News", new([line], "Post"))]);
        }
        Assert.Equal(["missed", "long", "short"], PortfolioQueries.InOrder([Client("short", 1), Client("long", 9), Client("missed", 0, missed: 1)]).Select(c => c.Client.Tenant.Name));
    }

    private async Task<IReadOnlyList<PortfolioClient>> ListAsync(string email)
    {
        var person = await app.PersonAsync(email);
        IReadOnlyList<PortfolioClient> list = [];
        await app.DoAsync<PortfolioQueries>(async q => list = await q.ListAsync(person, TestContext.Current.CancellationToken));
        return list;
    }

    private async Task<TenantScope> ClientAsync(string slug)
    {
        var tenant = await app.AddClientAsync(slug, slug);
        await app.Database.RunAsync($"""
            insert into import_runs (tenant_id, kind, source, file_name, started_by, started_at, finished_at, data_date, state, bytes_read, rows_read, rows_loaded, rows_known, rows_rejected, decision)
            values ({tenant.Id}, 'Customers', 'Folder', 'customers.csv', 'night', now(), now(), current_date, 'Done', 0, 0, 0, 0, 0, 'None')
            """);
        return tenant;
    }

    // A connection whose items all work but one.
    private Task ConnectAsync(TenantScope tenant, string? item, string? state) => app.Database.RunAsync($"""
        insert into connections (tenant_id, provider, name, settings, created_at) values ({tenant.Id}, 'mailchimp', 'News', '{"{}"}', now());
        insert into connection_checks (tenant_id, connection_id, item, state, sentence, checked_at, since)
        select {tenant.Id}, c.id, i, case when i = '{item}' then '{state}' else 'Works' end, 'So.', now(), now() - interval '5 days'
        from connections c, unnest(array['key', 'list', 'share', 'sender', 'template', 'freshness']) i where c.tenant_id = {tenant.Id};
        """);

    private Task OccurrenceAsync(TenantScope tenant, string state, string at) => app.Database.RunAsync($"""
        with campaign as (
          insert into campaigns (tenant_id, name, state, created_by, created_at, saved_at, control_share, kpi, measurement_days)
          values ({tenant.Id}, 'C {state}', 'Scheduled', 'Ana', now(), now(), 0.1, 'Revenue', 14) returning id)
        insert into occurrences (tenant_id, campaign_id, date, send_at, zone, wall_time, locks_at, state, dispatch_id, created_at, control_share, kpi, measurement_days, connection_id, template_id,
          considered, excluded, control, accepted, rejected, unknown, attempts)
        select {tenant.Id}, id, ({at})::date, {at}, 'Europe/Paris', '10:00', {at}, '{state}', 'opt-{state}', now(), 0.1, 'Revenue', 14, 1, 1, 0, 0, 0, 0, 0, 0, 0 from campaign
        """);
}
