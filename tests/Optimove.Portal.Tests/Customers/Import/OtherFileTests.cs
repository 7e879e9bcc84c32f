using Optimove.Portal.Customers;

namespace Optimove.Portal.Tests.Customers.Import;

public sealed class OtherFileTests(ImportDatabase database) : IClassFixture<ImportDatabase>
{
    [Fact]
    public async Task Transactions_are_added_and_those_known_by_their_external_id_are_counted()
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.Customers, "customer_id\n1\n");
        const string header = "customer_id,occurred_at,amount,currency,external id\n";
        var first = await tenant.ImportAsync(ImportKind.Transactions, header + "1,2026-03-01,10.50,EUR,a\n1,2026-03-02T10:00:00Z,-2,EUR,b\n9,2026-03-02,5,EUR,c\n1,2026-03-03,x,EUR,d\n");
        Assert.Equal((4, 3, 0, 1), (first.RowsRead, first.RowsLoaded, first.RowsKnown, first.RowsRejected));
        Assert.Equal(13.50m, first.AmountSum);
        Assert.Equal(1, first.UnknownCustomerRows);
        var second = await tenant.ImportAsync(ImportKind.Transactions, header + "1,2026-03-01,10.50,EUR,a\n1,2026-03-04,7,,\n1,2026-03-05,8,EUR,e\n1,2026-03-05,8,EUR,e\n");
        Assert.Equal((4, 2, 2, 0), (second.RowsRead, second.RowsLoaded, second.RowsKnown, second.RowsRejected));
        Assert.Equal(["5"], await tenant.RowsAsync("select count(*) from transactions"));
    }

    [Fact]
    public async Task A_transaction_without_customer_time_or_amount_is_rejected()
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.Transactions, "customer_id,occurred_at,amount\n,2026-01-01,1\n1,,1\n1,2026-01-01,\n1,2026-01-01,1\n");
        Assert.Equal(["2|customer_id", "3|occurred_at", "4|amount"], await tenant.RowsAsync("select line, column_name from import_rejects order by 1"));
    }

    [Fact]
    public async Task A_transactions_file_without_a_time_column_is_refused()
    {
        var tenant = await database.TenantAsync();
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => tenant.ImportAsync(ImportKind.Transactions, "customer_id,amount\n1,2\n"));
        Assert.Equal("The file has no column occurred_at. Its header reads: customer_id, amount. Nothing was imported.", refusal.Message);
    }

    [Fact]
    public async Task Apps_take_the_place_of_the_earlier_ones()
    {
        var tenant = await database.TenantAsync();
        await tenant.ImportAsync(ImportKind.CustomerApps, "customer_id,app_id\n1,shop\n1,news\n2,shop\n");
        var report = await tenant.ImportAsync(ImportKind.CustomerApps, "customer_id,app_id\nab,c\na,bc\n1,shop\n1,shop\n");
        Assert.Equal((3, 1), (report.RowsLoaded, report.RowsRejected));
        Assert.Equal(["1|shop", "a|bc", "ab|c"], await tenant.RowsAsync("select * from customer_apps order by 1, 2"));
        Assert.Empty(await tenant.RowsAsync("select relname from pg_class where relname like 'customer_apps_v%' and relkind = 'r' and relnamespace = current_schema()::regnamespace"));
    }

    [Fact]
    public async Task Preferences_are_merged_and_an_unchanged_one_keeps_its_source()
    {
        var tenant = await database.TenantAsync();
        await tenant.RunAsync("""
            insert into channel_preferences values ('1', 'email', true, 'api', '2026-01-01Z'), ('2', 'email', true, 'api', '2026-01-01Z'), ('3', 'sms', false, 'api', '2026-01-01Z')
            """);
        var report = await tenant.ImportAsync(ImportKind.Subscriptions, "customer_id;channel;opt-in\n1;EMAIL;yes\n2;Email;0\n4;push;1\n5;fax;1\n");
        Assert.Equal((4, 3, 1), (report.RowsRead, report.RowsLoaded, report.RowsRejected));
        Assert.Equal(["1|email|True|api|2026-01-01", "2|email|False|file|2026-03-31", "3|sms|False|api|2026-01-01", "4|push|True|file|2026-03-31"],
            await tenant.RowsAsync("select customer_id, channel, opted_in, source, changed_at::date::text from channel_preferences order by 1"));
        Assert.Equal(["5|channel|The channel must be email, push or sms."], await tenant.RejectsAsync());
    }

    [Fact]
    public async Task An_opt_out_wins_over_an_opt_in_in_the_same_file()
    {
        var tenant = await database.TenantAsync();
        var report = await tenant.ImportAsync(ImportKind.Subscriptions, "customer_id,channel,opted_in\n1,email,1\n1,email,0\n1,email,1\n2,sms,1\n");
        Assert.Equal((4, 2, 2), (report.RowsRead, report.RowsLoaded, report.RowsRejected));
        Assert.Equal(["1|False", "2|True"], await tenant.RowsAsync("select customer_id, opted_in from channel_preferences order by 1"));
        Assert.Equal(["2|1,email,1", "4|1,email,1"], await tenant.RowsAsync("select line, raw from import_rejects order by 1"));
    }
}
