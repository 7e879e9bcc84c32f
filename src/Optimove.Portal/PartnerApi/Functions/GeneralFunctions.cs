using System.Globalization;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Import.Runs;
using Optimove.Portal.PartnerApi.Catalogue;
using Optimove.Portal.PartnerApi.Credentials;
using static Optimove.Portal.PartnerApi.Catalogue.ApiField;

namespace Optimove.Portal.PartnerApi.Functions;

/// <summary>Login, what a key may do, and how fresh the data is.</summary>
internal static class GeneralFunctions
{
    private static readonly IReadOnlyList<ApiField> Login = [Must("Username", ApiType.Text), Must("Password", ApiType.Text)];

    public static IReadOnlyList<ApiFunction> All { get; } =
    [
        new("POST", "General", "Login", ApiCallers.Anybody, call => LogInAsync(call, call.Body))
        {
            Summary = "Gives a token for 20 minutes from its last call, as a JSON string.", Body = ApiBody.Object(Login), TakesForm = true, MaxBody = 16 << 10,
        },
        new("GET", "General", "Login", ApiCallers.Anybody, call => LogInAsync(call, call.Query)) { Summary = "The same for clients of 2015, with user name and password in the query.", Query = Login },
        new("GET", "General", "GetLastDataUpdate", ApiCallers.ClientsAndPartners, DataDateAsync)
        {
            Summary = "The day that the newest customer data describes; 404 before the first file.", Answer = ApiBody.Object(Must("Date", ApiType.Date)),
        },
        new("GET", "Apikey", "Info", ApiCallers.ClientsAndPartners, InfoAsync)
        {
            Summary = "What this key may use: channels and attributes.",
            Answer = ApiBody.Object(Must("Name", ApiType.Text), Must("Type", ApiType.Text), Must("ChannelIDs", ApiType.Integers), Must("CustomerAttributes", ApiType.Texts)),
        },
    ];

    private static Task<ApiAnswer> LogInAsync(ApiCall call, ApiValues given) => call.Get<OpenSession>().RunAsync(given.Text("Username"), given.Text("Password"), call.Address, call.Cancellation);

    private static async Task<ApiAnswer> DataDateAsync(ApiCall call)
    {
        var newest = (await call.Get<ImportQueries>().InUseAsync(call.Cancellation)).FirstOrDefault(r => r.Kind == ImportKind.Customers);
        return newest is null ? ApiAnswer.NotFound("No customer data has come in yet.") : ApiAnswer.Json(new { Date = newest.DataDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) });
    }

    private static async Task<ApiAnswer> InfoAsync(ApiCall call)
    {
        var reach = await call.Get<ReachQueries>().OfAsync(call.Caller, call.Cancellation);
        return ApiAnswer.Json(new { call.Caller.Name, Type = call.Caller.Kind == CredentialKind.Client ? "Client" : "Partner", ChannelIDs = reach.ChannelIds, CustomerAttributes = reach.Fields });
    }
}
