using System.Text.Json;
using Optimove.Portal.Campaigns;
using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class SendDetailTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string ByChannel = "/current/customers/GetCustomerSendDetailsByChannel", ByCampaign = "/current/customers/GetCustomerSendDetailsByCampaign",
        Execution = "/current/customers/GetCustomerExecutionDetailsByCampaign";

    [Fact]
    public async Task Send_details_have_the_attributes_in_the_order_asked_for_and_nobody_of_the_control_group()
    {
        var client = await house.IssueAsync(house.Globex);
        await house.PlantAttributesAsync(house.Globex);
        var list = await house.PlantAsync(house.Globex, "Spring", ["C-2", "C-1", "C-3", "X-1", "Y-1"]);
        var channel = $"CampaignID={list.CampaignId}&ChannelID={list.ChannelId}";
        static string Row(string id, int template, string rest = "") => $$"""{"CustomerID":"{{id}}","TemplateID":{{template}},"ScheduledTime":"2024-05-02 09:30:00"{{rest}}}""";
        Assert.Equal($"[{Row("C-1", list.TemplateId)},{Row("C-2", list.TemplateId)},{Row("C-3", list.TemplateId)}]", (await house.GetAsync($"{ByChannel}?{channel}", client)).Body);
        Assert.Equal("[" + string.Join(',', Row("C-1", list.TemplateId, ",\"CustomerAttributes\":[\"12.5000\",\"447700900001\",\"2024-01-02 03:04:05\",\"true\"]"),
            Row("C-2", list.TemplateId, ",\"CustomerAttributes\":[\"\",\"\",\"\",\"false\"]"), Row("C-3", list.TemplateId, ",\"CustomerAttributes\":[\"\",\"\",\"\",\"\"]")) + "]",
            (await house.GetAsync($"{ByChannel}?{channel}&CustomerAttributes=POINTS;mobile_phone;since;vip&CustomerAttributesDelimiter=,", client)).Body);
        Assert.Equal($$"""[{"CustomerID":"C-1","ActionID":{{list.TemplateId}},"ChannelID":{{list.ChannelId}},"TemplateID":{{list.TemplateId}},"TemplateName":"Template of Spring","ScheduleTime":"2024-05-02 09:30:00","PromoCode":"","CustomerAttributes":["447700900001"]}]""",
            (await house.GetAsync($"{Execution}?{channel}&CustomerAttributes=Mobile%20Phone&$top=1", client)).Body);
        (await house.GetAsync($"{ByChannel}?{channel}&CustomerAttributes=nonsense", client)).IsRefused(400, "there is no attribute nonsense");
        Assert.Equal("[]", (await house.GetAsync($"{ByChannel}?CampaignID={list.CampaignId}&ChannelID=505", client)).Body);
        Assert.Equal("[]", (await house.GetAsync($"{ByChannel}?CampaignID=99999&ChannelID=505", client)).Body);
        Assert.Equal(400, (await house.GetAsync($"{ByChannel}?ChannelID=505", client)).Status);
    }

    [Fact]
    public async Task A_partner_reads_its_channels_and_its_attributes_alone()
    {
        await house.PlantAttributesAsync(house.Acme);
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 505);
        (await house.GetAsync($"{ByChannel}?CampaignID=1&ChannelID=505&CustomerAttributes=mobile_phone", partner)).IsRefused(403, "mobile_phone");
        (await house.GetAsync($"{ByChannel}?CampaignID=1&ChannelID=505&CustomerAttributes=secret", partner)).IsRefused(403, "secret");
        (await house.GetAsync($"{ByChannel}?CampaignID=1&ChannelID=1000001", partner)).IsRefused(403, "channel 1000001");
        (await house.GetAsync($"{ByCampaign}?CampaignID=1", partner)).IsRefused(403, "client key");
        Assert.Equal("[]", (await house.GetAsync($"{ByChannel}?CampaignID=1&ChannelID=505", partner)).Body);
    }

    [Theory, InlineData(7), InlineData(1), InlineData(250), InlineData(1000)]
    public async Task Pages_of_any_size_together_are_the_list_in_one_order_and_the_page_past_the_end_is_empty(int top)
    {
        var client = await house.IssueAsync(house.Acme);
        var ids = Enumerable.Range(1, 40).Select(i => $"C-{i * 7 % 41:00}").Concat(["X-1", "Y-1"]).ToList();
        var list = await house.PlantAsync(house.Acme, $"Pages {top}", ids);
        var path = $"{ByCampaign}?CampaignID={list.CampaignId}";
        var seen = new List<string>();
        var pages = new List<int>();
        do
        {
            using var page = JsonDocument.Parse((await house.GetAsync($"{path}&%24top={top}&skip={seen.Count}", client)).Body);
            pages.Add(page.RootElement.GetArrayLength());
            seen.AddRange(page.RootElement.EnumerateArray().Select(r => r.GetProperty("CustomerID").GetString()!));
        }
        while (pages[^1] > 0);
        Assert.Equal(ids.Where(i => i[0] == 'C').Order(StringComparer.Ordinal), seen);
        Assert.Equal($$"""[{"CustomerID":"C-06","ChannelID":{{list.ChannelId}},"ScheduledTime":"2024-05-02 09:30:00","SendID":{{list.CampaignId}},"TemplateID":{{list.TemplateId}}}]""",
            (await house.GetAsync($"{path}&$top=1&$skip=5&IncludeTemplateIDs=True", client)).Body);
        Assert.Equal("[]", (await house.GetAsync($"{path}&$top=0", client)).Body);
        (await house.GetAsync($"{path}&$skip=-1", client)).IsRefused(400, "$skip");
    }

    [Fact]
    public async Task A_cancelled_campaigns_customers_are_told_as_cancelled_and_no_longer_as_sent_to()
    {
        var client = await house.IssueAsync(house.Acme);
        var list = await house.PlantAsync(house.Acme, "Cancelled", ["C-1", "X-1"], o => o.CancelledAt = ApiLists.SendAt);
        const string path = "/current/customers/GetCanceledCampaignCustomers?CampaignID=";
        Assert.Equal($$"""[{"CustomerID":"C-1","ActionID":{{list.TemplateId}},"PromoCode":""}]""", (await house.GetAsync(path + list.CampaignId, client)).Body);
        Assert.Equal("[]", (await house.GetAsync($"{ByCampaign}?CampaignID={list.CampaignId}", client)).Body);
        var held = await house.PlantAsync(house.Acme, "Held", ["C-1"], o => o.State = OccurrenceState.Held);
        Assert.Equal("[]", (await house.GetAsync($"{ByCampaign}?CampaignID={held.CampaignId}", client)).Body);
        Assert.Equal("[]", (await house.GetAsync(path + held.CampaignId, client)).Body);
    }

    [Fact]
    public async Task Currently_targeted_customers_are_those_of_all_campaigns_whose_days_run_paged_over_them()
    {
        var client = await house.IssueAsync(house.Acme);
        var now = house.Clock.GetUtcNow();
        void Runs(Occurrence o) => (o.SendAt, o.Date) = (now.AddDays(-2), DateOnly.FromDateTime(now.UtcDateTime).AddDays(-2));
        var (one, two) = (await house.PlantAsync(house.Acme, "Runs", ["C-1", "C-2", "X-1"], Runs), await house.PlantAsync(house.Acme, "Runs too", ["C-1"], Runs));
        string Row(string id, PlantedList list) => $$"""{"CustomerID":"{{id}}","CampaignID":{{list.CampaignId}},"ActionID":{{list.TemplateId}},"StartDate":"{{now.AddDays(-2):yyyy-MM-dd}}","EndDate":"{{house.Acme.DayOf(now.AddDays(5)):yyyy-MM-dd}}"}""";
        const string path = "/current/customers/GetCurrentlyTargetedCustomers";
        Assert.Equal($"[{Row("C-1", one)},{Row("C-2", one)},{Row("C-1", two)}]", (await house.GetAsync(path, client)).Body);
        Assert.Equal($"[{Row("C-2", one)},{Row("C-1", two)}]", (await house.GetAsync($"{path}?$skip=1&$top=5", client)).Body);
    }
}
