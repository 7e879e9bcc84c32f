using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class AppTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Add = "/current/integrations/AddChannelApps?ChannelID=506", Delete = "/current/integrations/DeleteChannelApps";

    [Fact]
    public async Task Apps_are_added_by_text_or_number_renamed_and_taken_away()
    {
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 506);
        (await house.PostAsync(Add, """[{"AppID":"app-7","AppName":"Shop"},{"AppID":42,"AppName":"Club"}]""", partner)).IsDone();
        (await house.PostAsync(Add, """[{"AppID":"42","AppName":"Club 2"}]""", partner)).IsDone();
        Assert.Equal("42 Club 2,app-7 Shop", await AppsAsync());
        (await house.PostAsync(Delete, """[{"ChannelID":506,"AppID":42},{"ChannelID":506,"AppID":"unknown"}]""", partner)).IsDone();
        Assert.Equal("app-7 Shop", await AppsAsync());
    }

    [Fact]
    public async Task A_channel_without_apps_and_too_many_items_are_refused()
    {
        var client = await house.IssueAsync(house.Acme);
        (await house.PostAsync("/current/integrations/AddChannelApps?ChannelID=505", """[{"AppID":"a","AppName":"A"}]""", client)).IsRefused(400, "has no apps");
        (await house.PostAsync(Add, """[{"AppID":true,"AppName":"A"}]""", client)).IsRefused(400, "AppID must be a text");
        var many = "[" + string.Join(',', Enumerable.Repeat("""{"ChannelID":506,"AppID":"a","AppName":"A"}""", 101)) + "]";
        (await house.PostAsync(Add, many, client)).IsRefused(400, "at most 100");
        (await house.PostAsync(Delete, many, client)).IsRefused(400, "at most 100");
    }

    private Task<string?> AppsAsync() => house.App.Database.AskAsync<string>(
        $"select string_agg(app_id || ' ' || a.name, ',' order by app_id) from channel_apps a where tenant_id = {house.Acme.Id} and gone_at is null");
}
