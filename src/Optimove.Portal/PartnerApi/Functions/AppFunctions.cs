using Optimove.Portal.Channels.Partners.Templates;
using Optimove.Portal.PartnerApi.Catalogue;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>The apps that a partner's push messages can go to.</summary>
internal static class AppFunctions
{
    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("POST", "Integrations", "AddChannelApps", ApiCallers.ClientsAndPartners, AddAsync)
        {
            Summary = "Adds apps to a channel that has apps; a known id is renamed.", Query = [TemplateFunctions.Channel],
            Body = ApiBody.List(TemplateFunctions.MostItems, Must("AppID", ApiType.TextOrNumber), Must("AppName", ApiType.Text)),
        },
        new("POST", "Integrations", "DeleteChannelApps", ApiCallers.ClientsAndPartners, DeleteAsync)
        {
            Summary = "Takes apps away, of one or several channels; an unknown one is no error.",
            Body = ApiBody.List(TemplateFunctions.MostItems, TemplateFunctions.Channel, Must("AppID", ApiType.TextOrNumber)),
        },
    ];

    private static async Task<ApiAnswer> AddAsync(ApiCall call)
    {
        await call.Get<AddChannelApps>().RunAsync(call.Query.Int("ChannelID"), [.. call.Items.Select(i => (i.Text("AppID"), i.Text("AppName")))], call.Cancellation);
        return ApiAnswer.Done();
    }

    private static async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        await call.Get<DeleteChannelApps>().RunAsync([.. call.Items.Select(i => (i.Int("ChannelID"), i.Text("AppID")))], call.Cancellation);
        return ApiAnswer.Done();
    }
}
