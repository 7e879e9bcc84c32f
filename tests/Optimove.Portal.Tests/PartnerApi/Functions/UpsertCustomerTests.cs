using Optimove.Portal.Customers;
using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class UpsertCustomerTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Callback = "https://p.example/cb";

    private Task<Answer> PutAsync(string body, IssuedSecrets client, string path = "/current/customers") => house.SendAsync(HttpMethod.Put, path, body, client.Key);

    private async Task<string> ValuesAsync(string customer) =>
        await house.App.Database.AskAsync<string>($"select mobile_phone || ' ' || points || ' ' || coalesce(tier, 'null') from {house.Acme.Schema}.customers where customer_id = '{customer}'") ?? "";

    [Fact]
    public async Task A_customer_is_added_with_defaults_and_outlives_files_until_one_names_them()
    {
        await house.PlantAttributesAsync(house.Acme);
        var client = await house.IssueAsync(house.Acme);
        (await house.PostAsync("/customers/AddCustomerAttribute", """{"Name":"Tier","Type":"VARCHAR(10)","DefaultValue":"new"}""", client)).IsDone();
        (await PutAsync("""{"CustomerId":"U-1","Attributes":[{"RealFieldName":"Points","Value":"7.5"},{"RealFieldName":"mobile_phone","Value":"1"}],"CallbackUrl":"https://p.example/cb"}""", client)).IsDone();
        Assert.Matches("""^\{"isSuccess":true,"requestId":"[0-9a-f-]{36}","errors":\[\]\}$""", await house.App.Database.AskAsync<string>("select body from api_callbacks order by id desc limit 1") ?? "");
        (await PutAsync("""{"CustomerId":"U-2","Attributes":[{"RealFieldName":"points","Value":1},{"RealFieldName":"mobile_phone","Value":"2"},{"RealFieldName":"TIER","Value":"gold"}]}""", client, "/V4/CUSTOMERS/")).IsDone();
        Assert.Equal(("1 7.5000 new", "2 1.0000 gold"), (await ValuesAsync("U-1"), await ValuesAsync("U-2")));
        (await PutAsync("""{"CustomerId":"U-1","Attributes":[{"RealFieldName":"tier","Value":"old"}]}""", client)).IsDone();
        Assert.Equal("1 7.5000 old", await ValuesAsync("U-1"));
        // Neither file names U-1; the first names U-2, the second does not.
        house.Clock.Ahead += TimeSpan.FromMinutes(1);
        var first = await house.ImportAsync(house.Acme, "customer_id,mobile_phone,points", "C-1,3,3", "C-2,3,3", "C-3,3,3", "C-4,3,3", "C-5,3,3", "U-2,9,9");
        Assert.Equal((ImportState.Done, 6L), (first.State, first.RowsLoaded));
        Assert.Equal(("1 7.5000 old", "9 9.0000 gold"), (await ValuesAsync("U-1"), await ValuesAsync("U-2")));
        house.Clock.Ahead += TimeSpan.FromMinutes(1);
        Assert.Equal(ImportState.Done, (await house.ImportAsync(house.Acme, "customer_id,mobile_phone,points", "C-1,3,3", "C-2,3,3", "C-3,3,3", "C-4,3,3", "C-5,3,3")).State);
        Assert.Equal(("1 7.5000 old", ""), (await ValuesAsync("U-1"), await ValuesAsync("U-2")));
        (await PutAsync("""{"CustomerId":"U-2"}""", client)).IsDone();
        house.Clock.Ahead += TimeSpan.FromMinutes(1);
        await house.ImportAsync(house.Acme, "customer_id,mobile_phone,points", "C-1,3,3", "C-2,3,3", "C-3,3,3", "C-4,3,3", "U-1,5,5");
        Assert.Equal("5 5.0000 old", await ValuesAsync("U-1"));
        Assert.True(await house.App.Database.AskAsync<bool>($"select exists (select from {house.Acme.Schema}.customers where customer_id = 'U-2')"));
    }

    [Fact]
    public async Task What_cannot_be_taken_changes_nothing_and_is_told()
    {
        await house.PlantAttributesAsync(house.Globex);
        var client = await house.IssueAsync(house.Globex);
        const string wrong = """{"CustomerId":"C-1","Attributes":[{"RealFieldName":"points","Value":"99"},{"RealFieldName":"nonsense","Value":"1"},{"RealFieldName":"vip","Value":"maybe"}]""";
        (await PutAsync(wrong + "}", client)).IsRefused(400, "There is no attribute nonsense. Nothing was changed.");
        (await PutAsync($"{wrong},\"CallbackURL\":\"{Callback}\"}}", client)).IsDone();
        Assert.EndsWith("""
            "errors":[{"error":"INVALID_FIELD","customerId":"C-1","realFieldName":"nonsense"},{"error":"INVALID_VALUE","customerId":"C-1","realFieldName":"vip"}]}
            """, await house.App.Database.AskAsync<string>("select body from api_callbacks order by id desc limit 1"));
        Assert.Equal(12.5m, await house.App.Database.AskAsync<decimal>($"select points from {house.Globex.Schema}.customers where customer_id = 'C-1'"));
        (await PutAsync("""{"Attributes":[]}""", client)).IsRefused(400, "CustomerID is missing");
        (await PutAsync("""{"CustomerId":"C-1"}""", await house.IssueAsync(house.Globex, CredentialKind.Partner, channels: 505))).IsRefused(403, "client key");
        await using var loading = await house.App.Database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await loading.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new Npgsql.NpgsqlCommand($"select pg_advisory_xact_lock(hashtext('customer import'), hashtext('{house.Globex.Schema}'))", loading)) await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        (await PutAsync("""{"CustomerId":"C-9"}""", client)).IsRefused(400, "is being loaded");
        Assert.False(await house.App.Database.AskAsync<bool>($"select exists (select from {house.Globex.Schema}.customers where customer_id = 'C-9')"));
    }
}
