using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class TemplateTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Add = "/current/integrations/AddChannelTemplates?ChannelID=", Get = "/current/integrations/GetChannelTemplates?ChannelID=";

    [Fact]
    public async Task Added_templates_are_listed_renamed_by_adding_again_and_gone_once_deleted()
    {
        await house.AddChannelAsync(house.Acme, 601);
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 601);
        (await house.PostAsync(Add + 601, """[{"TemplateID":1700000000000123,"TemplateName":"Spring SMS"},{"TemplateID":8,"TemplateName":"Push A","AppID":"app-7"},{"templateId":9,"templatename":"Ü \"x\"","AppID":7}]""", partner)).IsDone();
        Assert.Equal("""[{"TemplateID":8,"TemplateName":"Push A"},{"TemplateID":9,"TemplateName":"Ü \"x\""},{"TemplateID":1700000000000123,"TemplateName":"Spring SMS"}]""", (await house.GetAsync(Get + 601, partner)).Body);
        (await house.PostAsync(Add + 601, """[{"TemplateID":8,"TemplateName":"first"},{"TemplateID":8,"TemplateName":"Push B"}]""", partner)).IsDone();
        (await house.PostAsync("/current/integrations/DeleteChannelTemplates", """[{"ChannelID":601,"TemplateID":9},{"ChannelID":601,"TemplateID":404},{"ChannelID":601,"TemplateID":1700000000000123}]""", partner)).IsDone();
        Assert.Equal("""[{"TemplateID":8,"TemplateName":"Push B"}]""", (await house.GetAsync("/current/integrations/GetChannelTemplates?channelId=601", partner)).Body);
        (await house.PostAsync(Add + 601, """[{"TemplateID":9,"TemplateName":"Back"}]""", partner)).IsDone();
        Assert.Contains("Back", (await house.GetAsync(Get + 601, partner)).Body);
    }

    [Fact]
    public async Task One_call_deletes_templates_of_several_channels()
    {
        await house.AddChannelAsync(house.Acme, 602);
        await house.AddChannelAsync(house.Acme, 603);
        var client = await house.IssueAsync(house.Acme);
        foreach (var channel in new[] { 602, 603 }) (await house.PostAsync(Add + channel, """[{"TemplateID":1,"TemplateName":"A"},{"TemplateID":2,"TemplateName":"B"}]""", client)).IsDone();
        (await house.PostAsync("/current/integrations/DeleteChannelTemplates", """[{"ChannelID":602,"TemplateID":1},{"ChannelID":603,"TemplateID":2},{"ChannelID":777,"TemplateID":2}]""", client)).IsDone();
        Assert.Equal("""[{"TemplateID":2,"TemplateName":"B"}]""", (await house.GetAsync(Get + 602, client)).Body);
        Assert.Equal("""[{"TemplateID":1,"TemplateName":"A"}]""", (await house.GetAsync(Get + 603, client)).Body);
    }

    [Fact]
    public async Task Details_are_an_array_also_for_one_template()
    {
        await house.AddChannelAsync(house.Acme, 604);
        var client = await house.IssueAsync(house.Acme);
        (await house.PostAsync(Add + 604, """[{"TemplateID":1,"TemplateName":"A"},{"TemplateID":2,"TemplateName":"B"}]""", client)).IsDone();
        const string one = """[{"TemplateID":2,"TemplateName":"B","TemplateContent":"","TemplateAttributes":[]}]""";
        Assert.Equal(one, (await house.GetAsync("/current/integrations/GetChannelTemplateDetails?ChannelID=604&TemplateID=2", client)).Body);
        Assert.Equal(one, (await house.GetAsync("/current/integrations/GetChannelTemplatesDetails?ChannelID=604&TemplateID=2", client)).Body);
        Assert.Equal("[]", (await house.GetAsync("/current/integrations/GetChannelTemplateDetails?ChannelID=604&TemplateID=3", client)).Body);
    }

    [Fact]
    public async Task A_hundred_templates_are_taken_and_one_more_refuses_all()
    {
        await house.AddChannelAsync(house.Acme, 605);
        var client = await house.IssueAsync(house.Acme);
        static string Many(int count) => "[" + string.Join(',', Enumerable.Range(1, count).Select(i => $$"""{"TemplateID":{{i}},"TemplateName":"T{{i}}"}""")) + "]";
        (await house.PostAsync(Add + 605, Many(101), client)).IsRefused(400, "at most 100");
        Assert.Equal("[]", (await house.GetAsync(Get + 605, client)).Body);
        (await house.PostAsync(Add + 605, Many(100), client)).IsDone();
        (await house.PostAsync(Add + 605, "[]", client)).IsDone();
        (await house.PostAsync("/current/integrations/DeleteChannelTemplates", "[" + string.Join(',', Enumerable.Repeat("""{"ChannelID":605,"TemplateID":1}""", 101)) + "]", client)).IsRefused(400, "at most 100");
        (await house.PostAsync(Add + 777, Many(1), client)).IsRefused(400, "ChannelID 777 is not a channel");
    }
}
