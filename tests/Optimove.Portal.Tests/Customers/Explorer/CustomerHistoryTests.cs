using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Explorer;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Tests.Customers.Explorer;

public sealed class CustomerHistoryTests(ClientHouse house) : IClassFixture<ClientHouse>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("excluded", "opted out of e-mail", null, null, "Closed", "Excluded from Spring on 14 May 2026: opted out of e-mail.")]
    [InlineData("control", null, null, null, "Closed", "In the control of Spring on 14 May 2026: got nothing on purpose.")]
    [InlineData("control", null, null, null, "Cancelled", "In the control of Spring on 14 May 2026, which did not go out.")]
    [InlineData("send", null, "not in the MailChimp list", "Accepted", "Closed", "Rejected for Spring on 14 May 2026: not in the MailChimp list.")]
    [InlineData("send", null, null, "Accepted", "Pushing", "Handed over to MailChimp for Spring, Thu 14 May 2026, 10:00 Europe/Paris = 08:00 UTC, accepted.")]
    [InlineData("send", null, null, "Accepted", "Measuring", "Got Spring: handed over to MailChimp for Thu 14 May 2026, 10:00 Europe/Paris = 08:00 UTC, accepted.")]
    [InlineData("send", null, null, "Accepted", "Cancelled", "Was handed over to MailChimp for Spring on 14 May 2026; cancelled before it went out.")]
    [InlineData("send", null, null, "Unknown", "Incomplete", "May or may not have Spring of 14 May 2026: MailChimp gave no answer. Nothing is sent again by itself.")]
    [InlineData("send", null, null, null, "Missed", "Was to get Spring on 14 May 2026; its time passed and nothing went out.")]
    [InlineData("send", null, null, null, "Locked", "On the list of Spring for Thu 14 May 2026, 10:00 Europe/Paris = 08:00 UTC; not handed over yet.")]
    public void A_fate_is_one_plain_sentence(string fate, string? reason, string? rejection, string? step, string state, string sentence) =>
        Assert.Equal(sentence, new HistoryLine(1, "Spring", new(2026, 5, 14), new(2026, 5, 14, 8, 0, 0, TimeSpan.Zero), "Europe/Paris", state, fate, reason, "MailChimp", rejection, step).Sentence);

    [Fact]
    public async Task A_customers_page_reads_list_ledger_and_rejections()
    {
        var client = await house.ClientAsync();
        await client.CustomersAsync(4);
        await client.SqlAsync($"""
            insert into public.connections (tenant_id, provider, name, settings, created_at) values ({client.Tenant.Id}, 'mailchimp', 'MailChimp', jsonb_build_object(), now());
            create table {client.Tenant.Schema}.recipients_all partition of {client.Tenant.Schema}.recipients default
            """);
        await OccurrenceAsync(client, "Spring", "2026-05-14", "Closed");
        await OccurrenceAsync(client, "Summer", "2026-06-14", "Incomplete");
        await client.SqlAsync($"""
            set search_path = {client.Tenant.Schema}, public;
            insert into recipients (occurrence_id, chunk, reason, customer_id, address)
              select o.id, v.chunk, v.reason, v.customer, v.customer || '@mail.example' from occurrences o join campaigns c on c.id = o.campaign_id and c.tenant_id = {client.Tenant.Id}
              join (values ('Spring', 1, null, 'C-0001'), ('Spring', 1, null, 'C-0002'), ('Spring', null, null, 'C-0003'), ('Summer', 1, null, 'C-0001'),
                           ('Summer', null, 'no e-mail address', 'C-0003')) v (campaign, chunk, reason, customer) on v.campaign = c.name;
            insert into recipient_rejections select o.id, 'C-0002', 'not in the MailChimp list' from occurrences o join campaigns c on c.id = o.campaign_id where c.name = 'Spring' and c.tenant_id = {client.Tenant.Id};
            insert into send_steps (tenant_id, occurrence_id, name, chunk, recipients, rejections, state, tries, started_at)
              select {client.Tenant.Id}, o.id, 'members 1', 1, 2, 0, case c.name when 'Spring' then 'Accepted' else 'Unknown' end, 1, now() from occurrences o join campaigns c on c.id = o.campaign_id where c.tenant_id = {client.Tenant.Id};
            reset search_path
            """);
        Assert.Equal(["No answer", "Sent"], (await ProfileAsync(client, "C-0001"))!.History.Select(h => h.Mark.Word));
        Assert.Equal("Rejected for Spring on 14 May 2026: not in the MailChimp list.", Assert.Single((await ProfileAsync(client, "C-0002"))!.History).Sentence);
        Assert.Equal(["Excluded", "Control"], (await ProfileAsync(client, "C-0003"))!.History.Select(h => h.Mark.Word));
        Assert.Empty((await ProfileAsync(client, "C-0004"))!.History);
        await client.SqlAsync("delete from {t}.customers where customer_id = 'C-0003'");
        Assert.False((await ProfileAsync(client, "C-0003"))!.InFile);
        Assert.Null(await ProfileAsync(client, "C-9999"));
    }

    [Fact]
    public async Task What_triggered_campaigns_decided_stands_on_the_page_with_what_became_of_it()
    {
        var client = await house.ClientAsync();
        await client.CustomersAsync(2);
        await client.SqlAsync($$"""
            insert into public.connections (tenant_id, provider, name, settings, created_at) values ({{client.Tenant.Id}}, 'appboy', 'Appboy', '{}', now());
            insert into public.triggered_campaigns (tenant_id, name, trigger_name, state, rule, control_share, created_at, created_by, saved_at, saved_by)
              values ({{client.Tenant.Id}}, 'Cart', '', 'Live', '{}', 0, now(), 'x', now(), 'x');
            set search_path = {{client.Tenant.Schema}}, public;
            insert into trigger_decisions (decided_at, campaign_id, fate, reason, customer_id, event_id)
              select now(), c.id, v.fate, v.reason, 'C-0001', 'e' || v.n from triggered_campaigns c
              join (values (1, 'excluded', 'not in the target group'), (2, 'control', null), (3, 'sent', null), (4, 'sent', null), (5, 'sent', null)) v (n, fate, reason) on c.tenant_id = {{client.Tenant.Id}} order by v.n;
            insert into triggered_sends (decided_at, next_try_at, give_up_at, decision_id, campaign_id, connection_id, template_id, state, customer_id, address, sentence)
              select now(), now(), now(), d.id, d.campaign_id, (select id from connections where tenant_id = {{client.Tenant.Id}}), 1, case d.event_id when 'e4' then 'accepted' else 'unknown' end, 'C-0001', 'C-0001', null
              from trigger_decisions d where d.event_id in ('e4', 'e5');
            update trigger_decisions set decided_at = decided_at - interval '1 day' where event_id <> 'e4';
            insert into trigger_progress (campaign_id, customer_id, times, entered_at, limited) select campaign_id, customer_id, '{}', decided_at, 3 from trigger_decisions where event_id = 'e4';
            reset search_path
            """);
        var profile = (await ProfileAsync(client, "C-0001"))!;
        Assert.Equal(
            [
                "May or may not have the message of Cart: Appboy gave no answer. Nothing is sent again by itself.", "Met the trigger of Cart; Appboy took the message. Met it 3 more times since then, too early to enter again.", "Met the trigger of Cart: passed on at once.",
                "Met the trigger of Cart and is in its control: got nothing on purpose.", "Met the trigger of Cart and was left out: not in the target group.",
            ], profile.Decisions.Select(d => d.Sentence));
        Assert.Equal(["No answer", "Accepted", "Passed on", "Control", "Excluded"], profile.Decisions.Select(d => d.Mark.Word));
        Assert.Equal(1, profile.Campaigns);
        Assert.Empty((await ProfileAsync(client, "C-0002"))!.Decisions);
    }

    [Fact]
    public async Task Transactions_come_by_pages_with_their_sums_and_wishes_with_source_and_time()
    {
        var client = await house.ClientAsync();
        await client.CustomersAsync(2);
        await client.ImportAsync("customer_id,occurred_at,amount,currency,external_id\n" + string.Concat(Enumerable.Range(1, 25).Select(i => $"C-0001,2026-05-{i:00}T10:00:00Z,{i}.50,{(i == 25 ? "USD" : "EUR")},T{i}\n")), ImportKind.Transactions);
        await client.ImportAsync("customer_id,channel,opt_in\nC-0001,email,no\n", ImportKind.Subscriptions);
        await client.ImportAsync("customer_id,app_id\nC-0001,shop-ios\n", ImportKind.CustomerApps);
        var profile = (await ProfileAsync(client, "C-0001"))!;
        Assert.Equal([("EUR", 24L, 312m), ("USD", 1L, 25.5m)], profile.Sums.Select(s => (s.Currency, s.Count, s.Amount)));
        Assert.Equal(25, profile.Transactions);
        Assert.Equal(new ChannelPreference("email", false, "file", house.Clock.GetUtcNow()), Assert.Single(profile.Preferences));
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var wish in new[] { "no", "yes" }) await client.ImportAsync($"customer_id,channel,opt_in\nC-0001,email,{wish}\n", ImportKind.Subscriptions, "subscriptions.csv");
        var consents = (await ProfileAsync(client, "C-0001"))!.Consents;
        Assert.Equal([("E-mail", true, "File subscriptions.csv"), ("E-mail", false, "File customers.csv")], consents.Select(c => (c.Channel, c.OptedIn, c.Told)));
        Assert.Equal(["shop-ios"], profile.Apps);
        Assert.Equal("Bruno Keller1", profile.Name);
        var second = await client.GetAsync<CustomerQueries, IReadOnlyList<TransactionLine>>(q => q.TransactionsAsync("C-0001", new GridQuery("", false, 2, 10), Stop));
        Assert.Equal(["T15", "T14"], second.Take(2).Select(t => t.ExternalId));
    }

    private static Task<CustomerProfile?> ProfileAsync(Client client, string id) => client.GetAsync<CustomerQueries, CustomerProfile?>(q => q.FindAsync(id, Stop));

    private static Task OccurrenceAsync(Client client, string name, string date, string state) => client.ReadAsync(async db =>
    {
        var day = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        var campaign = new Portal.Campaigns.Campaign { Name = name, CreatedBy = "x" };
        db.Occurrences.Add(new()
        {
            Campaign = campaign, Date = day, SendAt = new(day, new(8, 0), TimeSpan.Zero), Zone = "Europe/Paris", WallTime = new(10, 0), DispatchId = name,
            State = Enum.Parse<Portal.Campaigns.OccurrenceState>(state), ConnectionId = db.Connections.Single().Id,
        });
        return await db.SaveChangesAsync();
    });
}
