using Optimove.Portal.Channels.Partners.Preferences;
using Optimove.Portal.PartnerApi.Catalogue;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>What customers have told a partner about being written to.</summary>
internal static class PreferenceFunctions
{
    private const int MostCustomers = 50_000;
    // The one mode whose meaning is ours to fix: every other lets the customer be written to.
    private const int OptOut = 0;

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("POST", "Integrations", "SetCustomerChannelPreference", ApiCallers.ClientsAndPartners, SetAsync)
        {
            Summary = "Opts customers out of a channel (CommunicationMode 0) or in (any other); sends honour it from then on.", MaxBody = 16 << 20,
            Body = ApiBody.Object(TemplateFunctions.Channel, Must("CustomerIDs", ApiType.Texts) with { Limit = MostCustomers }, Must("CommunicationMode", ApiType.Integer), May("AppID", ApiType.TextOrNumber)),
        },
    ];

    private static async Task<ApiAnswer> SetAsync(ApiCall call)
    {
        await call.Get<SetChannelPreference>().RunAsync(call.Body.Int("ChannelID"), call.Body.Texts("CustomerIDs"), call.Body.Int("CommunicationMode") != OptOut, call.Cancellation);
        return ApiAnswer.Done();
    }
}
