using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import;
using Optimove.Portal.PartnerApi.Callbacks;
using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class AttributeTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Add = "/current/customers/AddCustomerAttribute", Update = "/current/customers/UpdateCustomerAttributes", Callback = "https://p.example/cb";

    private async Task<string> ToldAsync() => await house.App.Database.AskAsync<string>("select body from api_callbacks order by id desc limit 1") ?? "";

    private async Task<string> ValuesAsync(string customer, IssuedSecrets client)
    {
        using var json = JsonDocument.Parse((await house.GetAsync($"/Customers/{customer}/Attributes", client)).Body);
        return string.Join(' ', json.RootElement.EnumerateArray().Select(a => $"{a.GetProperty("RealFieldName").GetString()}={a.GetProperty("Value").GetString() ?? "null"}"));
    }

    [Fact]
    public async Task An_attribute_is_added_with_its_default_told_at_the_callback_and_outlives_the_next_file()
    {
        var client = await house.IssueAsync(house.Globex);
        await house.App.Database.RunAsync($"insert into {house.Globex.Schema}.customers (customer_id) values ('A-1')");
        async Task AddsAsync(string name, string type, string value, string told)
        {
            (await house.PostAsync(Add, $$"""{"Name":"{{name}}","Type":"{{type}}","DefaultValue":"{{value}}","CallbackURL":"{{Callback}}"}""", client)).IsDone();
            Assert.Equal(told, await ToldAsync());
        }
        await AddsAsync("MobilePushOptIn", "INT", "0", """{"attributeName":"MobilePushOptIn","isSuccess":true,"errorId":"","errorMsg":""}""");
        Assert.Equal("mobilepushoptin=0", await ValuesAsync("A-1", client));
        await AddsAsync("mobilepushoptin", "INT", "0", """{"attributeName":"mobilepushoptin","isSuccess":false,"errorId":"2","errorMsg":"attribute exists already"}""");
        await AddsAsync("B", "FLOAT", "", """{"attributeName":"B","isSuccess":false,"errorId":"3","errorMsg":"Type must be DECIMAL(19,4), INT, BIGINT, DATE, VARCHAR(n) or NVARCHAR(n)"}""");
        await AddsAsync("C", "DATE", "soon", """{"attributeName":"C","isSuccess":false,"errorId":"4","errorMsg":"the default does not fit the type"}""");
        (await house.PostAsync(Add, """{"Name":"Nick name","Type":"nvarchar(20)"}""", client)).IsDone();
        (await house.PostAsync(Add, """{"Name":"Nick Name","Type":"nvarchar(20)"}""", client)).IsRefused(400, "exists already");
        (await house.PostAsync(Add, """{"Name":"D","Type":"INT","CallbackURL":"http://10.0.0.1/x"}""", client)).IsRefused(400, "CallbackURL must be an address on the public internet");
        (await house.PostAsync(Update, """{"CustomerNewAttributesValuesList":[{"CustomerID":"A-1","Attributes":[{"RealFieldName":"MobilePushOptIn","Value":1},{"RealFieldName":"Nick name","Value":"Al"}]}]}""", client)).IsDone();
        Assert.Equal("mobilepushoptin=1 nick_name=Al", await ValuesAsync("A-1", client));
        // The next file knows nothing of them.
        var file = "customer_id\nA-1\nA-2\n"u8.ToArray();
        await house.InAsync(house.Globex, s => s.GetRequiredService<ImportFile>().RunAsync(new MemoryStream(file), "customers.csv", ImportKind.Customers, ImportSource.Upload, file.Length, TestContext.Current.CancellationToken));
        Assert.Equal("mobilepushoptin=1 nick_name=Al", await ValuesAsync("A-1", client));
        Assert.Equal("mobilepushoptin=0 nick_name=null", await ValuesAsync("A-2", client));
    }

    [Fact]
    public async Task Values_that_cannot_be_taken_are_told_and_the_others_kept()
    {
        await house.PlantAttributesAsync(house.Acme);
        var client = await house.IssueAsync(house.Acme);
        static string Of(string id, params (string Field, string Value)[] values) =>
            $$"""{"CustomerID":"{{id}}","Attributes":[{{string.Join(',', values.Select(v => $$"""{"RealFieldName":"{{v.Field}}","Value":{{v.Value}}}"""))}}]}""";
        static string Body(params IEnumerable<string> customers) => $$"""{"CustomerNewAttributesValuesList":[{{string.Join(',', customers)}}],"CallbackURL":"{{Callback}}"}""";
        (await house.PostAsync(Update, Body(Of("C-1", ("Points", "\"7.5\""), ("VIP", "0"), ("since", "null")), Of("C-2", ("points", "1"), ("points", "\"-2\""), ("mobile_phone", "\"'; drop table customers; --\""))), client)).IsDone();
        Assert.Matches("""^\{"isSuccess":true,"requestId":"[0-9a-f-]{36}","errors":\[\]\}$""", await ToldAsync());
        Assert.Equal("mobile_phone=447700900001 points=7.5000 since=null vip=false", await ValuesAsync("C-1", client));
        Assert.Equal("mobile_phone='; drop table customers; -- points=-2.0000 since=null vip=false", await ValuesAsync("C-2", client));
        (await house.PostAsync(Update, Body(Of("nobody", ("points", "1")), Of("C-1", ("points", "\"x\""), ("nonsense", "1"), ("since", "\"2024-05-01 10:00:00\""))), client)).IsDone();
        Assert.EndsWith(""""
            "errors":[{"error":"INVALID_VALUE","customerId":"C-1","realFieldName":"points"},{"error":"INVALID_FIELD","customerId":"C-1","realFieldName":"nonsense"},{"error":"INVALID_CUSTOMER","customerId":"nobody","realFieldName":"points"}]}
            """", await ToldAsync());
        Assert.Equal("mobile_phone=447700900001 points=7.5000 since=2024-05-01 10:00:00 vip=false", await ValuesAsync("C-1", client));
        (await house.PostAsync(Update, Body(Enumerable.Range(0, 10_001).Select(i => Of($"N-{i}", ("points", "1")))), client)).IsRefused(400, "at most 10000");
        (await house.PostAsync(Update, Body(Enumerable.Range(0, 10_000).Select(i => Of($"N-{i}", ("points", "1")))), client)).IsDone();
        (await house.PostAsync(Update, Body(Of("C-1", ("points", "1"))), await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 505))).IsRefused(403, "client key");
        await using var loading = await house.App.Database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await loading.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new Npgsql.NpgsqlCommand($"select pg_advisory_xact_lock(hashtext('customer import'), hashtext('{house.Acme.Schema}'))", loading)) await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        (await house.PostAsync(Update, Body(Of("C-1", ("points", "9"))), client)).IsDone();
        Assert.EndsWith("""[{"error":"UPDATE_FIELD_TEMPORARY_UNAVAILABLE","customerId":"C-1","realFieldName":"points"}]}""", await ToldAsync());
        (await house.PostAsync(Update, $$"""{"CustomerNewAttributesValuesList":[{{Of("C-1", ("points", "9"))}}]}""", client)).IsRefused(400, "is being loaded");
        Assert.Contains("points=7.5000", await ValuesAsync("C-1", client));
    }

    [Fact]
    public async Task A_callback_is_posted_until_it_is_answered_and_then_no_more()
    {
        var port = FreePort();
        var url = $"http://127.0.0.1:{port}/cb/";
        await house.InAsync(house.Acme, s => s.GetRequiredService<QueueCallback>().RunAsync(url, new { isSuccess = true }, TestContext.Current.CancellationToken));
        Task DeliverAsync() => house.InAsync(house.Acme, s => s.GetRequiredService<DeliverCallbacks>().RunAsync(TestContext.Current.CancellationToken));
        Task DueAsync() => house.App.Database.RunAsync($"update api_callbacks set next_try_at = now() - interval '1 minute' where url = '{url}' and next_try_at is not null");
        await DeliverAsync();
        Assert.True(await house.App.Database.AskAsync<bool>($"select tries = 1 and next_try_at > now() and delivered_at is null from api_callbacks where url = '{url}'"));
        using var listener = new HttpListener { Prefixes = { url } };
        listener.Start();
        foreach (var status in new[] { 500, 200 })
        {
            await DueAsync();
            var delivery = DeliverAsync();
            var got = await listener.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            using var body = new StreamReader(got.Request.InputStream, Encoding.UTF8);
            Assert.Equal("""{"isSuccess":true}""", await body.ReadToEndAsync(TestContext.Current.CancellationToken));
            got.Response.StatusCode = status;
            got.Response.Close();
            await delivery;
        }
        await DueAsync();
        Assert.True(await house.App.Database.AskAsync<bool>($"select tries = 3 and next_try_at is null and delivered_at is not null from api_callbacks where url = '{url}'"));
        await house.InAsync(house.Acme, s => s.GetRequiredService<QueueCallback>().RunAsync("http://10.0.0.1/never", 1, TestContext.Current.CancellationToken));
        await house.App.Database.RunAsync("update api_callbacks set created_at = now() - interval '25 hours' where url like '%never'");
        await DeliverAsync();
        Assert.True(await house.App.Database.AskAsync<bool>("select next_try_at is null and delivered_at is null from api_callbacks where url like '%never'"));
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
