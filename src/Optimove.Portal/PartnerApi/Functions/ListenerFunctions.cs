using Optimove.Portal.Channels.Partners.Listeners;
using Optimove.Portal.PartnerApi.Catalogue;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>Where a program is told of events. Each credential has listeners of its own, so that two partners of a client do not replace each other's.</summary>
internal static class ListenerFunctions
{
    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("POST", "General", "RegisterEventListener", ApiCallers.ClientsAndPartners, RegisterAsync)
        {
            Summary = "Registers where to tell of an event, for a channel or all; the same event and channel again replaces the address.",
            Aliases = ["Triggers/RegisterEventListener"], MaxBody = 16 << 10,
            Body = ApiBody.Object(Must("EventTypeID", ApiType.Integer), Must("ListenerURL", ApiType.Text, 2000), May("ChannelID", ApiType.Channel)),
        },
        new("POST", "General", "UnregisterEventListener", ApiCallers.ClientsAndPartners, UnregisterAsync)
        {
            Summary = "Removes the listener of an event and channel, or of the event on all channels.",
            MaxBody = 16 << 10, Body = ApiBody.Object(Must("EventTypeID", ApiType.Integer), May("ChannelID", ApiType.Channel)),
        },
        new("GET", "General", "GetRegisteredEventListeners", ApiCallers.ClientsAndPartners, ListAsync)
        {
            Summary = "The listeners of this key.", Aliases = ["General/GetRegisteredEventListener"],
            Answer = ApiBody.List(1000, Must("EventTypeID", ApiType.Integer), May("ChannelID", ApiType.Integer), Must("ListenerURL", ApiType.Text)),
        },
    ];

    private static async Task<ApiAnswer> RegisterAsync(ApiCall call)
    {
        await call.Get<RegisterListener>().RunAsync(call.Caller.CredentialId, call.Body.Int("EventTypeID"), call.Body.Channel("ChannelID"), call.Body.Text("ListenerURL"), call.Cancellation);
        return ApiAnswer.Done();
    }

    private static async Task<ApiAnswer> UnregisterAsync(ApiCall call)
    {
        await call.Get<UnregisterListener>().RunAsync(call.Caller.CredentialId, call.Body.Int("EventTypeID"), call.Body.Channel("ChannelID"), call.Cancellation);
        return ApiAnswer.Done();
    }

    private static async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var listeners = await call.Get<ListenerQueries>().OfAsync(call.Caller.CredentialId, call.Cancellation);
        return ApiAnswer.Json(listeners.Select(l => new { EventTypeID = l.EventType, ChannelID = l.ChannelId, ListenerURL = l.Url }));
    }
}
