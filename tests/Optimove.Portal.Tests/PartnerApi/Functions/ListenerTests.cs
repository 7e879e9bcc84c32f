using Optimove.Portal.PartnerApi.Credentials;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class ListenerTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Register = "/current/general/RegisterEventListener", Unregister = "/current/general/UnRegisterEventListener", List = "/current/general/GetRegisteredEventListeners";

    [Fact]
    public async Task Registering_again_for_the_same_event_and_channel_replaces_the_address()
    {
        var partner = await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: [505, 250]);
        (await house.PostAsync(Register, """{"EventTypeID":13,"ListenerURL":"https://p.example/old","ChannelID":505}""", partner)).IsDone();
        (await house.PostAsync("/Triggers/RegisterEventListener", """{"EventTypeID":13,"ListenerURL":"https://p.example/new","ChannelID":505}""", partner)).IsDone();
        (await house.PostAsync(Register, """{"eventTypeId":1,"listenerUrl":"https://p.example/all"}""", partner)).IsDone();
        (await house.PostAsync(Register, """{"EventTypeID":1,"ListenerURL":"https://p.example/all2","ChannelID":null}""", partner)).IsDone();
        (await house.PostAsync(Register, """{"EventTypeID":11,"ListenerURL":"https://p.example/t","ChannelID":250}""", partner)).IsDone();
        var expected = """[{"EventTypeID":1,"ChannelID":null,"ListenerURL":"https://p.example/all2"},{"EventTypeID":11,"ChannelID":250,"ListenerURL":"https://p.example/t"},{"EventTypeID":13,"ChannelID":505,"ListenerURL":"https://p.example/new"}]""";
        Assert.Equal(expected, (await house.GetAsync(List, partner)).Body);
        Assert.Equal(expected, (await house.GetAsync("/general/GetRegisteredEventListener", partner)).Body);
    }

    [Fact]
    public async Task An_address_that_is_percent_encoded_inside_the_json_is_decoded()
    {
        var client = await house.IssueAsync(house.Acme);
        (await house.PostAsync(Register, """{"EventTypeID":1,"ListenerURL":"http%3A%2F%2Fp.example%2Fhook%3Fa%3Db"}""", client)).IsDone();
        Assert.Equal("""[{"EventTypeID":1,"ChannelID":null,"ListenerURL":"http://p.example/hook?a=b"}]""", (await house.GetAsync(List, client)).Body);
    }

    [Theory]
    [InlineData("""{"EventTypeID":6,"ListenerURL":"https://p.example"}""", "EventTypeID 6 is not offered")]
    [InlineData("""{"EventTypeID":5,"ListenerURL":"https://p.example","ChannelID":505}""", "takes no ChannelID")]
    [InlineData("""{"EventTypeID":11,"ListenerURL":"https://p.example"}""", "needs the ChannelID")]
    [InlineData("""{"EventTypeID":11,"ListenerURL":"https://p.example","ChannelID":505}""", "not for triggered")]
    [InlineData("""{"EventTypeID":13,"ListenerURL":"https://p.example","ChannelID":777}""", "not a channel of this client")]
    [InlineData("""{"EventTypeID":1,"ListenerURL":"p.example/x"}""", "begins with https://")]
    [InlineData("""{"EventTypeID":1,"ListenerURL":"ftp://p.example/x"}""", "begins with https://")]
    [InlineData("""{"EventTypeID":1,"ListenerURL":"https://a:b@p.example/x"}""", "without a user name")]
    [InlineData("""{"EventTypeID":1,"ListenerURL":"http://169.254.169.254/latest"}""", "public internet")]
    [InlineData("""{"EventTypeID":1,"ListenerURL":"http://10.0.0.7/x"}""", "public internet")]
    [InlineData("""{"EventTypeID":1,"ListenerURL":"http://[fd00::1]/x"}""", "public internet")]
    [InlineData("""{"ListenerURL":"https://p.example"}""", "EventTypeID is missing")]
    [InlineData("""{"EventTypeID":"1","ListenerURL":"https://p.example"}""", "EventTypeID must be a whole number")]
    public async Task What_cannot_be_registered_is_refused_with_the_reason(string body, string words) =>
        (await house.PostAsync(Register, body, await house.IssueAsync(house.Acme))).IsRefused(400, words);

    [Fact]
    public async Task Unregistering_removes_one_channels_listener_or_the_events_and_is_no_error_where_there_is_none()
    {
        var client = await house.IssueAsync(house.Acme);
        foreach (var channel in new[] { 505, 506 }) (await house.PostAsync(Register, $$"""{"EventTypeID":13,"ListenerURL":"https://p.example/{{channel}}","ChannelID":{{channel}}}""", client)).IsDone();
        (await house.PostAsync(Unregister, """{"EventTypeID":13,"ChannelID":505}""", client)).IsDone();
        Assert.Equal("""[{"EventTypeID":13,"ChannelID":506,"ListenerURL":"https://p.example/506"}]""", (await house.GetAsync(List, client)).Body);
        (await house.PostAsync(Unregister, """{"EventTypeID":13}""", client)).IsDone();
        (await house.PostAsync(Unregister, """{"EventTypeID":13}""", client)).IsDone();
        Assert.Equal("[]", (await house.GetAsync(List, client)).Body);
    }

    [Fact]
    public async Task Two_partners_of_one_client_do_not_replace_each_others_listeners()
    {
        var (sms, push) = (await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 505), await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 506));
        (await house.PostAsync(Register, """{"EventTypeID":1,"ListenerURL":"https://sms.example"}""", sms)).IsDone();
        (await house.PostAsync(Register, """{"EventTypeID":1,"ListenerURL":"https://push.example"}""", push)).IsDone();
        Assert.Contains("sms.example", (await house.GetAsync(List, sms)).Body);
        Assert.DoesNotContain("sms.example", (await house.GetAsync(List, push)).Body);
    }
}
