using System.Globalization;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Metrics.Posts;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.Sending.Triggers;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions.Campaigns;

/// <summary>What came of a campaign, as partners post it, and what customers did with it.</summary>
internal static class MetricFunctions
{
    private const int MostRows = 100, MostCustomers = 10_000, EveryEvent = -1;
    // Far more than there are people, and far less than what sums of it could overflow.
    private const long MostValue = 1_000_000_000_000;

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("POST", "Integrations", "UpdateCampaignMetrics", ApiCallers.ClientsAndPartners, MetricsAsync)
        {
            Summary = $"Posts figures of campaigns: {PartnerMetric.Numbers}. A figure takes the place of the one before, or adds to it where the channel is set so. A triggered campaign's number is the one that event 11 tells.",
            Body = ApiBody.List(MostRows, TemplateFunctions.Channel, SendDetailFunctions.Campaign, SendDetailFunctions.Template, Must("MetricID", ApiType.Integer), Must("MetricValue", ApiType.Long)) with { MayNest = true },
        },
        new("POST", "Integrations", "UpdateCampaignInteractions", ApiCallers.ClientsAndPartners, InteractionsAsync)
        {
            Summary = "Tells what customers did with a message on a day; told again, it counts once more.", MaxBody = 4 << 20,
            Body = ApiBody.Object(SendDetailFunctions.Campaign, TemplateFunctions.Channel, Must("InteractionDate", ApiType.Date), SendDetailFunctions.Template, Must("EventID", ApiType.Integer),
                May("RecipientGroupID", ApiType.Integer), Must("CustomerIDs", ApiType.Texts) with { Limit = MostCustomers }, May("AppID", ApiType.TextOrNumber)),
        },
        new("GET", "Customers", "GetCampaignInteractionCustomers", ApiCallers.ClientsAndPartners, OfCampaignAsync)
        {
            Summary = "The customers who did something with a campaign's message, by customer.",
            Query = [SendDetailFunctions.Campaign, TemplateFunctions.Channel, May("EventID", ApiType.Integer), .. ApiPage.Fields],
            Answer = ApiBody.List(int.MaxValue, SendDetailFunctions.Customer, SendDetailFunctions.Template, Must("EventID", ApiType.Integer), Must("InteractionDate", ApiType.Date)),
        },
        new("GET", "Customers", "GetCustomerChannelInteractions", ApiCallers.ClientsAndPartners, OfCustomerAsync)
        {
            Summary = "What one customer did between two days; a partner sees its own channels.",
            Query = [SendDetailFunctions.Customer, Must("StartDate", ApiType.Date), Must("EndDate", ApiType.Date), May("ChannelID", ApiType.Channel)],
            Answer = ApiBody.List(int.MaxValue, Must("Date", ApiType.Date), SendDetailFunctions.Campaign, Must("RecipientGroupID", ApiType.Integer), SendDetailFunctions.Action,
                SendDetailFunctions.ChannelNumber, SendDetailFunctions.Template, Must("EventID", ApiType.Integer)),
        },
    ];

    private static async Task<ApiAnswer> MetricsAsync(ApiCall call)
    {
        var adding = new List<PartnerFigure>();
        var replacing = new List<PartnerFigure>();
        var campaigns = await ToldCampaign.FindAsync(call, [.. call.Items.Select(i => i.Int("CampaignID")).Distinct()]);
        var channels = new Dictionary<int, PartnerChannel>();
        foreach (var item in call.Items)
        {
            var number = item.Int("ChannelID");
            if (!channels.TryGetValue(number, out var channel)) channels[number] = channel = await call.Get<PartnerChannelQueries>().GetAsync(number, call.Cancellation);
            var campaign = MustTake(campaigns, item.Int("CampaignID"), number);
            if (PartnerMetric.Known(item.Int("MetricID")) is null) throw new RefusedException($"MetricID {item.Int("MetricID")} has no meaning. These have: {PartnerMetric.Numbers}.");
            if (item.Long("MetricValue") < 0) throw new RefusedException("MetricValue must not be below 0.");
            if (item.Long("MetricValue") > MostValue) throw new RefusedException(string.Create(CultureInfo.InvariantCulture, $"MetricValue must not be above {MostValue:N0}."));
            (channel.FiguresAdd ? adding : replacing).Add(new(campaign.Id, item.Long("TemplateID"), item.Int("MetricID"), item.Long("MetricValue")) { IsTriggered = campaign.IsTriggered });
        }
        if (adding.Count > 0 && replacing.Count > 0) throw new RefusedException("Post figures of channels whose posts add up and of those whose posts replace each other in two calls.");
        await call.Get<TakeFigures>().RunAsync(call.Caller.CredentialId, adding.Count > 0 ? adding : replacing, adding.Count > 0, call.Cancellation);
        return ApiAnswer.Done();
    }

    private static async Task<ApiAnswer> InteractionsAsync(ApiCall call)
    {
        var (number, happened) = (call.Body.Int("CampaignID"), call.Body.Int("EventID"));
        await call.Get<PartnerChannelQueries>().GetAsync(call.Body.Int("ChannelID"), call.Cancellation);
        var campaign = MustTake(await ToldCampaign.FindAsync(call, [number]), number, call.Body.Int("ChannelID"));
        if (PartnerMetric.Known(happened) is not { } known) throw new RefusedException($"EventID {happened} has no meaning. These have: {PartnerMetric.Numbers}.");
        if (call.Body.IntOrNull("RecipientGroupID") is { } group and not PeopleAnswer.RecipientGroup) throw new RefusedException($"RecipientGroupID {group} is not one of the campaign; everybody is in {PeopleAnswer.RecipientGroup}.");
        var told = new PartnerInteraction(campaign.Id, campaign.IsTriggered, call.Body.Long("TemplateID"), known, call.Body.DateOrNull("InteractionDate")!.Value, call.Body.TextOrNull("AppID"));
        await call.Get<TakeInteractions>().RunAsync(told, call.Body.Texts("CustomerIDs"), call.Cancellation);
        return ApiAnswer.Done();
    }

    private static async Task<ApiAnswer> OfCampaignAsync(ApiCall call)
    {
        var (page, number) = (ApiPage.Of(call), call.Query.Int("CampaignID"));
        var campaign = (await ToldCampaign.FindAsync(call, [number])).GetValueOrDefault(number);
        var happened = call.Query.IntOrNull("EventID") is { } asked ? PartnerMetric.Known(asked) ?? EveryEvent : (int?)null;
        return await ApiAnswer.RowsAsync(async json =>
        {
            if (campaign is null || campaign.ChannelId != call.Query.Int("ChannelID")) return;
            await foreach (var line in call.Get<InteractionQueries>().OfCampaignAsync(campaign.Id, campaign.IsTriggered, happened, page.Skip, page.Top, call.Cancellation))
            {
                json.WriteStartObject();
                json.WriteString("CustomerID", line.CustomerId);
                json.WriteNumber("TemplateID", line.TemplateNumber);
                json.WriteNumber("EventID", line.Event);
                json.WriteString("InteractionDate", PeopleAnswer.Day(line.Day));
                json.WriteEndObject();
            }
        });
    }

    private static async Task<ApiAnswer> OfCustomerAsync(ApiCall call)
    {
        var lines = await call.Get<InteractionQueries>().OfCustomerAsync(call.Query.Text("CustomerID"), call.Query.DateOrNull("StartDate")!.Value, call.Query.DateOrNull("EndDate")!.Value, call.Cancellation);
        var campaigns = await ToldCampaign.FindAsync(call, [.. lines.Select(Number).Distinct()]);
        var only = call.Query.Channel("ChannelID");
        return ApiAnswer.Json(lines.Where(l => campaigns.TryGetValue(Number(l), out var c) && call.Caller.MayReach(c.ChannelId) && (only is null || c.ChannelId == only)).Select(l => new
        {
            Date = PeopleAnswer.Day(l.Day), CampaignID = Number(l), RecipientGroupID = PeopleAnswer.RecipientGroup, ActionID = campaigns[Number(l)].ActionId,
            ChannelID = campaigns[Number(l)].ChannelId, TemplateID = l.TemplateNumber, EventID = l.Event,
        }));
    }

    private static int Number(InteractionLine line) => line.IsTriggered ? TriggeredCampaign.FirstNumber + line.CampaignId : line.CampaignId;

    private static ToldCampaign MustTake(IReadOnlyDictionary<int, ToldCampaign> campaigns, int number, int channel)
    {
        if (!campaigns.TryGetValue(number, out var campaign) || campaign.ChannelId != channel) throw new RefusedException($"CampaignID {number} does not go through ChannelID {channel}.");
        return campaign.Shut is { } why ? throw new RefusedException($"CampaignID {number} {why}") : campaign;
    }
}
