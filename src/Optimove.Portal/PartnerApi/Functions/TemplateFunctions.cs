using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Channels.Partners.Templates;
using Optimove.Portal.PartnerApi.Catalogue;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>The templates that a partner offers to marketers.</summary>
internal static class TemplateFunctions
{
    internal const int MostItems = 100;
    internal static readonly ApiField Channel = Must("ChannelID", ApiType.Channel);

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("POST", "Integrations", "AddChannelTemplates", ApiCallers.ClientsAndPartners, AddAsync)
        {
            Summary = "Adds templates to a channel; a known id is renamed.", Query = [Channel],
            Body = ApiBody.List(MostItems, Must("TemplateID", ApiType.Long), Must("TemplateName", ApiType.Text), May("AppID", ApiType.TextOrNumber)),
        },
        new("GET", "Integrations", "GetChannelTemplates", ApiCallers.ClientsAndPartners, ListAsync)
        {
            Summary = "The templates of a channel.", Query = [Channel], Answer = ApiBody.List(int.MaxValue, Must("TemplateID", ApiType.Long), Must("TemplateName", ApiType.Text)),
        },
        new("GET", "Integrations", "GetChannelTemplateDetails", ApiCallers.ClientsAndPartners, DetailsAsync)
        {
            Summary = "One template of a channel or all, always as an array; content and tags are empty where the partner keeps them.",
            Aliases = ["Integrations/GetChannelTemplatesDetails"], Query = [Channel, May("TemplateID", ApiType.Long)],
            Answer = ApiBody.List(int.MaxValue, Must("TemplateID", ApiType.Long), Must("TemplateName", ApiType.Text), Must("TemplateContent", ApiType.Text), Must("TemplateAttributes", ApiType.Texts)),
        },
        new("POST", "Integrations", "DeleteChannelTemplates", ApiCallers.ClientsAndPartners, DeleteAsync)
        {
            Summary = "Takes templates away, of one or several channels; an unknown one is no error.", Body = ApiBody.List(MostItems, Channel, Must("TemplateID", ApiType.Long)),
        },
    ];

    private static async Task<ApiAnswer> AddAsync(ApiCall call)
    {
        var templates = call.Items.Select(i => new OfferedTemplate(i.Long("TemplateID"), i.Text("TemplateName"), i.TextOrNull("AppID"))).ToList();
        await call.Get<AddChannelTemplates>().RunAsync(call.Query.Int("ChannelID"), templates, call.Cancellation);
        return ApiAnswer.Done();
    }

    private static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var templates = await call.Get<PartnerChannelQueries>().TemplatesAsync(call.Query.Int("ChannelID"), null, call.Cancellation);
        return ApiAnswer.Json(templates.Select(t => new { TemplateID = t.TemplateId, TemplateName = t.Name }));
    }

    private static async Task<ApiAnswer> DetailsAsync(ApiCall call)
    {
        var templates = await call.Get<PartnerChannelQueries>().TemplatesAsync(call.Query.Int("ChannelID"), call.Query.LongOrNull("TemplateID"), call.Cancellation);
        return ApiAnswer.Json(templates.Select(t => new { TemplateID = t.TemplateId, TemplateName = t.Name, TemplateContent = "", TemplateAttributes = Array.Empty<string>() }));
    }

    private static async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        await call.Get<DeleteChannelTemplates>().RunAsync([.. call.Items.Select(i => (i.Int("ChannelID"), i.Long("TemplateID")))], call.Cancellation);
        return ApiAnswer.Done();
    }
}
