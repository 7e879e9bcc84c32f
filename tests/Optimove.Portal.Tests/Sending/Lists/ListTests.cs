using Npgsql;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels.Audience;
using Microsoft.Extensions.Options;
using Optimove.Portal.Customers.Attributes.Programs;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending;
using Optimove.Portal.Sending.Lists;
using Optimove.Portal.Sending.Running;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Sending.Faults;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Sending.Lists;

public sealed class ListTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Customers = 2_000;

    [Fact]
    public async Task A_list_gives_every_considered_customer_one_fate_and_one_mailbox_one_message()
    {
        await using var world = await SendingWorld.CreateAsync(database, Customers);
        await RunAsync(world, """
            update customers set email = null where customer_id in ('C-1', 'C-2');
            update customers set email = 'nobody at home' where customer_id = 'C-3';
            update customers set email = 'SHARED@mail.example ' where customer_id in ('C-10', 'C-11', 'C-12');
            insert into channel_preferences values ('C-12', 'email', false, 'file', now()), ('C-20', 'email', false, 'file', now()), ('C-21', 'push', false, 'file', now())
            """);
        var id = await world.AddCampaignAsync(control: 0.2m);
        await world.InTenantAsync(async s =>
        {
            await s.GetRequiredService<AdvanceOccurrences>().RunAsync(TestContext.Current.CancellationToken);
            return true;
        });

        var o = await world.OccurrenceAsync(id);
        Assert.Equal(OccurrenceState.HandedOver, o.State);
        Assert.Equal(Customers, o.Considered);
        Assert.Equal(await FatesAsync(world, id), new Dictionary<string, long>
        {
            ["no e-mail address"] = 2, ["e-mail address is not valid"] = 1, ["opted out of e-mail"] = 2, ["same mailbox as another customer"] = 1,
            ["control"] = o.Control, ["send"] = Customers - 6 - o.Control,
        });
        Assert.InRange(o.Control, Customers * 0.17, Customers * 0.23);
        // The mailbox that three share: one opted out, one is excluded as a double, and the one with the smallest id stands for it.
        Assert.Equal(["C-11: same mailbox as another customer", "C-12: opted out of e-mail"],
            await TextsAsync(world, $"select customer_id || ': ' || reason from recipients where occurrence_id = {id} and customer_id in ('C-10', 'C-11', 'C-12') and reason is not null order by 1"));
    }

    [Fact]
    public async Task A_list_made_again_from_the_same_data_is_the_same_list()
    {
        await using var world = await SendingWorld.CreateAsync(database, Customers, slug: "again");
        var id = await world.AddCampaignAsync();
        await world.InTenantAsync(async s =>
        {
            await s.GetRequiredService<AdvanceOccurrences>().RunAsync(TestContext.Current.CancellationToken);
            return true;
        });
        var o = await world.OccurrenceAsync(id);
        var assignment = new Optimove.Portal.Sending.Assignment(new byte[32], $"{o.CampaignId}", o.Salt!, (double)o.ControlShare);
        var control = await TextsAsync(world, $"select customer_id from recipients where occurrence_id = {id} and chunk is null and reason is null order by 1");
        var expected = Enumerable.Range(1, Customers).Select(n => $"C-{n}").Where(c => assignment.IsControl(c)).Order(StringComparer.Ordinal);
        Assert.Equal(expected, control.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_list_by_contact_key_keeps_the_key_as_it_is_and_leaves_out_who_uses_none_of_the_apps()
    {
        await using var world = await SendingWorld.CreateAsync(database, 100, slug: "keys");
        await RunAsync(world, """
            alter table customers add column contact_key text;
            update customers set contact_key = 'Key-' || customer_id;
            update customers set contact_key = null where customer_id = 'C-1';
            update customers set contact_key = 'Same' where customer_id in ('C-2', 'C-3');
            update customers set contact_key = 'SAME' where customer_id = 'C-4';
            insert into customer_apps select customer_id, 'shop-ios' from customers where customer_id <> 'C-5';
            insert into customer_apps values ('C-5', 'another-app');
            insert into channel_preferences values ('C-6', 'push', false, 'file', now()), ('C-7', 'email', false, 'file', now())
            """);
        var by = new Addressing("\"contact_key\"", "contact_key", Channel.Push, "Contact Key", IsEmail: false, ["shop-ios", "shop-android"], "app group");
        await world.InTenantAsync(async s =>
        {
            await using var connection = await s.GetRequiredService<TenantDatabase>().OpenAsync();
            var nobody = new Optimove.Portal.Sending.Assignment(new byte[32], "1", "", 0);
            return await s.GetRequiredService<MakeList>().RunAsync(connection, new(77, new("c.customer_id <> $1", [new(1, "C-8")]), by, nobody, 40), TestContext.Current.CancellationToken);
        });

        Assert.Equal(await FatesAsync(world, 77), new Dictionary<string, long>
        {
            ["no Contact Key"] = 1, ["same Contact Key as another customer"] = 1, ["uses no app of the app group"] = 1, ["opted out of push messages"] = 1, ["send"] = 95,
        });
        Assert.Equal(["C-2: Same", "C-4: SAME", "C-7: Key-C-7"],
            await TextsAsync(world, "select customer_id || ': ' || address from recipients where occurrence_id = 77 and chunk is not null and customer_id in ('C-2', 'C-3', 'C-4', 'C-7') order by 1"));
        Assert.Equal(["40", "40", "15"], await TextsAsync(world, "select count(*)::text from recipients where occurrence_id = 77 and chunk is not null group by chunk order by chunk"));
    }

    [Fact]
    public async Task A_list_that_is_made_in_parts_is_the_list_that_is_made_at_once()
    {
        await using var world = await SendingWorld.CreateAsync(database, Customers, slug: "parts");
        await RunAsync(world, """
            update customers set email = 'shared@mail.example' where customer_id in ('C-1', 'C-1999');
            insert into channel_preferences values ('C-3', 'email', false, 'file', now()), ('C-1990', 'email', false, 'file', now())
            """);
        // What a process that died in the middle would have left behind.
        await RunAsync(world, "create table recipients_9_0123abcd_0 (like recipients)");
        var whole = await MakeAsync(world, 1, pagesInPart: int.MaxValue);
        var parts = await MakeAsync(world, 2, pagesInPart: 1);

        Assert.Equal(whole, parts);
        Assert.Equal(await TextsAsync(world, Fates(1)), await TextsAsync(world, Fates(2)));
        Assert.Equal(["1", "2"], await TextsAsync(world, "select count(*)::text from pg_inherits where inhparent in ('recipients_1'::regclass, 'recipients_2'::regclass) group by inhparent order by 1"));
        Assert.Equal([], await TextsAsync(world, "select relname from pg_class where relname = 'recipients_9_0123abcd_0'"));
        // All chunks but the last are full, whichever part their people are in.
        var sizes = await TextsAsync(world, "select count(*)::text from recipients where occurrence_id = 2 and chunk is not null group by chunk order by chunk");
        Assert.Equal([.. Enumerable.Repeat("40", whole.ToSend / 40), $"{whole.ToSend % 40}"], sizes);

        static string Fates(int id) => $"select customer_id || ' ' || coalesce(address, '') || ' ' || coalesce(reason, case when chunk is null then 'control' else 'send' end) from recipients where occurrence_id = {id} order by customer_id";
    }

    [Fact]
    public async Task An_address_that_a_program_gave_to_a_second_customer_gets_one_message()
    {
        await using var world = await SendingWorld.CreateAsync(database, 100, slug: "told");
        var before = await MakeAsync(world, 1);
        await world.InTenantAsync(async s =>
        {
            s.GetRequiredService<Actor>().ActAsCredential("program", mayAdministrate: true);
            var errors = await s.GetRequiredService<UpdateAttributes>().RunAsync([new("C-20", "email", (await TextsAsync(world, "select email from customers where customer_id = 'C-10'")).Single())], TestContext.Current.CancellationToken);
            Assert.Empty(errors);
            return true;
        });
        var after = await MakeAsync(world, 2);

        Assert.Equal((before.Excluded, after.Excluded), (0, 1));
        Assert.Equal(["C-20"], await TextsAsync(world, "select customer_id from recipients where occurrence_id = 2 and reason = 'same mailbox as another customer'"));
    }

    /// <summary>Makes the list of everybody with a fifth held back, in one transaction as an occurrence does.</summary>
    private static Task<ListCounts> MakeAsync(SendingWorld world, int id, int pagesInPart = int.MaxValue) => world.InTenantAsync(async s =>
    {
        s.GetRequiredService<IOptions<SendingOptions>>().Value.PagesInPart = pagesInPart;
        await using var connection = await s.GetRequiredService<TenantDatabase>().OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var by = await s.GetRequiredService<ReadAddressing>().RunAsync(null, null);
        var plan = new ListPlan(id, new("true", []), by, new Optimove.Portal.Sending.Assignment(new byte[32], "1", "", 0.2), 40);
        var counts = await s.GetRequiredService<MakeList>().RunAsync(connection, plan, TestContext.Current.CancellationToken);
        await transaction.CommitAsync();
        return counts;
    });

    private static async Task<Dictionary<string, long>> FatesAsync(SendingWorld world, int id)
    {
        var rows = await TextsAsync(world, $"select fate || '=' || count(*) from (select coalesce(reason, case when chunk is null then 'control' else 'send' end) as fate from recipients where occurrence_id = {id}) fates group by fate");
        return rows.Select(r => r.Split('=')).ToDictionary(r => r[0], r => long.Parse(r[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Task<List<string>> TextsAsync(SendingWorld world, string sql) => world.InTenantAsync(async s =>
    {
        await using var connection = await s.GetRequiredService<TenantDatabase>().OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await reader.ReadAsync()) texts.Add(reader.GetString(0));
        return texts;
    });

    private static Task<int> RunAsync(SendingWorld world, string sql) => world.InTenantAsync(async s =>
    {
        await using var connection = await s.GetRequiredService<TenantDatabase>().OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    });
}
