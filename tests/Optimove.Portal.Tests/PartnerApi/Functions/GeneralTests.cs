using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class GeneralTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task The_last_data_update_is_the_day_of_the_newest_good_customer_file_and_404_before_the_first()
    {
        var client = await house.IssueAsync(house.Acme);
        (await house.GetAsync("/current/general/GetLastDataUpdate", client)).IsRefused(404, "No customer data");
        foreach (var (kind, state, day) in new[] { ("Customers", "Done", "2024-05-01"), ("Customers", "Refused", "2024-05-02"), ("Transactions", "Done", "2024-05-03") })
        {
            await house.App.Database.RunAsync($"""
                insert into import_runs (tenant_id, kind, source, file_name, started_by, started_at, data_date, state, bytes_read, rows_read, rows_loaded, rows_known, rows_rejected, decision)
                values ({house.Acme.Id}, '{kind}', 'Folder', 'f', 'x', timestamptz '{day}', '{day}', '{state}', 0, 0, 0, 0, 0, 'None')
                """);
        }
        Assert.Equal("""{"Date":"2024-05-01"}""", (await house.GetAsync("/current/general/GetLastDataUpdate", client)).Body);
        Assert.Equal(404, (await house.GetAsync("/current/general/GetLastDataUpdate", await house.IssueAsync(house.Globex))).Status);
    }

    [Fact]
    public async Task A_key_learns_what_it_may_use()
    {
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: [505, 250]);
        Assert.Equal($$"""{"Name":"{{partner.Name}}","Type":"Partner","ChannelIDs":[250,505],"CustomerAttributes":[]}""", (await house.GetAsync("/Apikey/Info", partner)).Body);
        var client = await house.IssueAsync(house.Acme);
        Assert.Equal($$"""{"Name":"{{client.Name}}","Type":"Client","ChannelIDs":[250,505,506],"CustomerAttributes":[]}""", (await house.GetAsync("/current/apikey/info", client)).Body);
    }
}
