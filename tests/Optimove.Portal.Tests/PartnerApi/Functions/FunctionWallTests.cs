using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.TargetGroups.Segments;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

/// <summary>The wall between clients, function by function as the catalogue has them.</summary>
public sealed class FunctionWallTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Marker = "belongs-to-acme";

    [Fact]
    public async Task No_function_shows_or_changes_anything_of_another_client()
    {
        await PlantAsync();
        var stranger = await house.IssueAsync(house.Globex);
        var before = await RowsOfAcmeAsync();
        Assert.Contains(Marker, before);
        foreach (var function in ApiCatalogue.All)
        {
            foreach (var channel in new[] { 505, 506, 250, 901 })
            {
                var answer = await CallAsync(function, channel, stranger.Key);
                Assert.True(answer.Status is >= 200 and < 500, $"{function} answered {answer.Status}");
                Assert.False(answer.Body.Contains(Marker, StringComparison.Ordinal), $"{function} shows another client's: {answer.Body}");
            }
            Assert.True(before == await RowsOfAcmeAsync(), $"{function} changed rows of another client.");
        }
    }

    private async Task PlantAsync()
    {
        await house.AddChannelAsync(house.Acme, 901);
        var owner = await house.IssueAsync(house.Acme);
        await house.PlantAttributesAsync(house.Acme);
        await house.App.Database.RunAsync($"insert into {house.Acme.Schema}.customers (customer_id, mobile_phone) values ('1', '{Marker}')");
        // The numbers and the day that the stranger asks for.
        var list = await house.PlantAsync(house.Acme, Marker, ["1", Marker], o => o.Date = new(2024, 5, 1));
        Assert.Equal((1, 1, 1), (list.CampaignId, list.TemplateId, list.GroupId));
        await house.App.Database.RunAsync($"insert into {house.Acme.Schema}.interactions (occurrence_id, event, customer_id, day, template_number, times, told_at) values (1, 1, '{Marker}', '2024-05-01', 1, 1, now()), (1, 1, '1', '2024-05-01', 1, 1, now())");
        foreach (var channel in new[] { 505, 506, 901 })
        {
            (await house.PostAsync($"/integrations/AddChannelTemplates?ChannelID={channel}", $$"""[{"TemplateID":1,"TemplateName":"{{Marker}}"}]""", owner)).IsDone();
        }
        (await house.PostAsync("/integrations/AddChannelApps?ChannelID=506", $$"""[{"AppID":"1","AppName":"{{Marker}}"}]""", owner)).IsDone();
        (await house.PostAsync("/integrations/AddPromotions", $$"""[{"PromoCode":"1","PromotionName":"{{Marker}}"}]""", owner)).IsDone();
        (await house.PostAsync("/general/RegisterEventListener", $$"""{"EventTypeID":1,"ListenerURL":"https://{{Marker}}.example"}""", owner)).IsDone();
        (await house.PostAsync("/integrations/SetCustomerChannelPreference", """{"ChannelID":505,"CommunicationMode":2,"CustomerIDs":["1"]}""", owner)).IsDone();
        await house.InAsync(house.Acme, s => s.GetRequiredService<SaveSegment>().RunAsync(null, new() { Name = Marker, TargetGroupId = 1 }));
        (await house.PostAsync("/integrations/UpdateCustomerPromotionStatus", $$"""{"TimeStamp":"2024-05-01 10:00:00","CampaignID":1,"PromosUpdated":[{"CustomerID":"1","Status":"{{Marker}}"}]}""", owner)).IsDone();
        (await house.SendAsync(HttpMethod.Put, "/customers", $$"""{"CustomerID":"{{Marker}}"}""", owner.Key)).IsDone();
        foreach (var path in new[] { "segments/GetValueSegments", "customers/GetCustomerSendDetailsByCampaign?CampaignID=1", "customers/GetCustomerOneTimeActionsByDate?Date=2024-05-01", "customers/1/Attributes" })
            Assert.Contains(Marker, (await house.GetAsync("/current/" + path, owner)).Body);
    }

    // The same ids as the other client's rows have, so that what is not kept apart meets them.
    private Task<Answer> CallAsync(ApiFunction function, int channel, string key)
    {
        var query = string.Join('&', function.Query.Select(f => $"{f.Name}={Plain(f, channel)}"));
        var item = function.Body is null ? null : "{" + string.Join(',', function.Body.Fields.Select(f => $"\"{f.Name}\":{Json(f, channel)}")) + "}";
        return house.SendAsync(new HttpMethod(function.Verb), $"/current/{function.Path.Replace("{CustomerID}", "1", StringComparison.Ordinal)}?{query}", function.Body?.IsList == true ? $"[{item}]" : item, key);
    }

    private static string Plain(ApiField field, int channel) => field.Type switch
    {
        ApiType.Channel => channel.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ApiType.Date => "2024-05-01",
        ApiType.Boolean => "true",
        _ => "1",
    };

    private static string Json(ApiField field, int channel) => field.Type switch
    {
        ApiType.Texts => "[\"1\"]",
        ApiType.List => "[{" + string.Join(',', field.Fields.Select(f => $"\"{f.Name}\":{Json(f, channel)}")) + "}]",
        ApiType.Text or ApiType.Date => field.Name == "ListenerURL" ? "\"https://globex.example\"" : $"\"{Plain(field, channel)}\"",
        _ => Plain(field, channel),
    };

    private async Task<string> RowsOfAcmeAsync()
    {
        var rows = new List<string>();
        foreach (var table in new[] { "partner_channels", "connections", "templates", "metric_posts", "posted_figures", "metric_pulls", "list_fetches", "channel_apps", "promotions", "event_listeners", "api_credentials", "customer_attributes", "api_callbacks", "target_groups", "segments" })
        {
            rows.Add(await house.App.Database.AskAsync<string>($"select coalesce(string_agg(to_jsonb(t)::text, chr(10) order by id), '') from {table} t where tenant_id = {house.Acme.Id}") ?? "");
        }
        foreach (var table in new[] { "channel_preferences", "customers", "interactions", "preference_changes", "added_customers", "promotion_statuses" })
        {
            rows.Add(await house.App.Database.AskAsync<string>($"select string_agg(t::text, chr(10) order by customer_id) from {house.Acme.Schema}.{table} t") ?? "");
        }
        return string.Join('\n', rows);
    }
}
