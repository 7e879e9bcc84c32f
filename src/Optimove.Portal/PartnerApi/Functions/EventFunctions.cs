using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.Sending.Triggers.Ingestion;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>What customers do in real time, told by the client's programs.</summary>
internal static class EventFunctions
{
    private static readonly ApiField[] Event =
    [
        Must("EventID", ApiType.TextOrNumber, 64), Must("EventType", ApiType.Text, 64), Must("CustomerID", ApiType.TextOrNumber), Must("TimeStamp", ApiType.Text, 40) with { Alias = "Time" },
        May("Parameters", ApiType.Values, 1000),
    ];

    private static readonly ApiField CheckOnly = May("CheckOnly", ApiType.Boolean);

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("POST", "Events", "ReportEvent", ApiCallers.Clients, ReportAsync)
        {
            Summary = "Reports an event of a customer; the answer comes once it is on disk; triggers are decided by it right after. An EventID that came before changes nothing. With CheckOnly it is checked and not kept.",
            Query = [CheckOnly], MaxBody = 64 << 10, Body = ApiBody.Object(Event),
        },
        new("POST", "Events", "ReportEvents", ApiCallers.Clients, ReportAsync)
        {
            Summary = "Reports events, all of them or none. With CheckOnly they are checked and not kept.", Query = [CheckOnly], MaxBody = 8 << 20, Body = ApiBody.List(ReportEvents.Most, Event),
        },
    ];

    private static async Task<ApiAnswer> ReportAsync(ApiCall call)
    {
        List<EventInput> events = [.. call.Items.Select(i => new EventInput(i.Text("EventID"), i.Text("EventType"), i.Text("CustomerID"), i.Text("TimeStamp"), i.Values("Parameters")))];
        return await call.Get<ReportEvents>().RunAsync(events, call.Query.BoolOrNull("CheckOnly") ?? false) ? ApiAnswer.Done() : ApiAnswer.Refused(429, "Too many events wait to be kept. Send these again in a second.", 1);
    }
}
