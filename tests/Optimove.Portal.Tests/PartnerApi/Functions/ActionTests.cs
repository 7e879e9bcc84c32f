using Optimove.Portal.Campaigns;
using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class ActionTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Base = "/current/actions/";

    private static string Details(PlantedList list, string status, string error = "", int test = 2, int control = 1) => $$"""
        "TargetGroupID":{{list.GroupId}},"CampaignType":"Test/Control","Duration":7,"LeadTime":0,"Notes":"","IsMultiChannel":false,"IsRecurrence":false,"Status":"{{status}}","Error":"{{error}}","Tags":[],"TestGroupSize":{{test}},"ControlGroupSize":{{control}},"Channels":[{"Id":{{list.ChannelId}}}]
        """;

    [Fact]
    public async Task A_campaigns_details_are_one_object_and_404_for_an_unknown_one()
    {
        var client = await house.IssueAsync(house.Acme);
        var list = await house.PlantAsync(house.Acme, "Details", ["C-1", "C-2", "X-1", "Y-1"]);
        Assert.Equal("{" + Details(list, "Successful") + "}", (await house.GetAsync($"{Base}GetCampaignDetails?CampaignID={list.CampaignId}", client)).Body);
        var held = await house.PlantAsync(house.Acme, "Stopped", ["C-1"], o => (o.State, o.Sentence) = (OccurrenceState.Held, "No template."));
        Assert.Equal("{" + Details(held, "On hold", "No template.", 1, 0) + "}", (await house.GetAsync($"{Base}getcampaigndetails?campaignId={held.CampaignId}", client)).Body);
        (await house.GetAsync($"{Base}GetCampaignDetails?CampaignID=99999", client)).IsRefused(404, "no campaign");
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 505);
        (await house.GetAsync($"{Base}GetCampaignDetails?CampaignID={list.CampaignId}", partner)).IsRefused(404, "no campaign");
    }

    [Fact]
    public async Task Executed_campaigns_are_told_with_their_channels_and_actions()
    {
        var client = await house.IssueAsync(house.Globex);
        var list = await house.PlantAsync(house.Globex, "Executed", ["C-1", "C-2", "X-1"]);
        await house.PlantAsync(house.Globex, "Cancelled", ["C-1"], o => o.CancelledAt = ApiLists.SendAt);
        await house.PlantAsync(house.Globex, "Not begun", ["C-1"], o => (o.State, o.PushStartedAt) = (OccurrenceState.Locked, null));
        async Task Is(string path, string body) => Assert.Equal(body, (await house.GetAsync(Base + path, client)).Body);
        var (group, action) = ($"TargetGroupID={list.GroupId}&Date=2024-05-02", $"\"RecipientGroupID\":1,\"ActionID\":{list.TemplateId}");
        await Is("GetExecutedCampaignDetails?Date=2024-05-02", $$"""[{"CampaignID":{{list.CampaignId}},{{Details(list, "Successful")}}}]""");
        await Is("GetExecutedCampaignDetails?Date=2024-05-03", "[]");
        await Is($"GetExecutedCampaignsByChannel?ChannelID={list.ChannelId}&Date=2024-05-02", $$"""[{"CampaignID":{{list.CampaignId}}}]""");
        await Is("GetExecutedCampaignsByChannel?ChannelID=505&Date=2024-05-02", "[]");
        await Is($"GetExecutedCampaignChannelDetails?CampaignID={list.CampaignId}&ChannelID={list.ChannelId}", $$"""[{"SendID":{{list.CampaignId}},"TemplateID":{{list.TemplateId}},"ScheduledTime":"2024-05-02 09:30:00"}]""");
        await Is($"GetExecutedCampaignChannelDetails?CampaignID={list.CampaignId}&ChannelID=505", "[]");
        await Is($"GetActionsByTargetGroup?{group}", $"[{{{action}}}]");
        await Is($"GetActionDetailsByTargetGroup?{group}", $"[{{{action},\"Duration\":7,\"LeadTime\":0,\"ChannelID\":{list.ChannelId}}}]");
        await Is("GetPromoCodes?Date=2024-05-02", $"[{{\"TargetGroupID\":{list.GroupId},{action},\"PromoCode\":\"\"}}]");
        await Is($"GetPromoCodesByCampaign?CampaignID={list.CampaignId}", $"[{{{action},\"PromoCode\":\"\"}}]");
        await Is("GetPromoCodesByCampaign?CampaignID=99999", "[]");
        await Is($"GetPromoCodesByTargetGroup?{group}", $"[{{{action},\"PromoCode\":\"\"}}]");
    }

    [Fact]
    public async Task Actions_and_channels_have_names()
    {
        var client = await house.IssueAsync(house.Acme);
        var list = await house.PlantAsync(house.Acme, "Named", ["C-1"]);
        Assert.Contains($$"""{"ActionID":{{list.TemplateId}},"ActionName":"Template of Named"}""", (await house.GetAsync(Base + "GetAllActions", client)).Body);
        Assert.Equal("""{"ActionName":"Template of Named"}""", (await house.GetAsync($"{Base}GetActionName?ActionID={list.TemplateId}", client)).Body);
        Assert.Equal($$"""{"ActionID":{{list.TemplateId}}}""", (await house.GetAsync($"{Base}GetActionID?ActionName=template%20of%20named", client)).Body);
        (await house.GetAsync(Base + "GetActionName?ActionID=99999", client)).IsRefused(404, "no action");
        (await house.GetAsync(Base + "GetActionID?ActionName=x", client)).IsRefused(404, "no action");
        var channels = (await house.GetAsync(Base + "GetExecutionChannels", client)).Body;
        Assert.StartsWith("""[{"ChannelID":250,"ChannelId":250,"ChannelName":"Channel 250 of acme"},{"ChannelID":505,""", channels);
        Assert.Contains($$"""{"ChannelID":{{list.ChannelId}},"ChannelId":{{list.ChannelId}},"ChannelName":"Connection of Named"}""", channels);
    }
}
