using System.Globalization;

namespace Optimove.Portal.Shell;

/// <summary>Every address of the portal, written once. A tenant's addresses begin with its slug; those of staff and of accounts have none.</summary>
public static class Urls
{
    public const string SignInPath = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string TwoFactorCheck = "/sign-in/two-factor";
    public const string ForgottenPassword = "/account/forgotten-password";
    public const string ResetPassword = "/account/reset-password";
    public const string Invitation = "/account/invitation";
    public const string Account = "/account";
    public const string TwoFactor = "/account/two-factor";
    public const string NotFound = "/not-found";
    public const string Forbidden = "/forbidden";
    public const string Error = "/error";
    /// <summary>In development, the mail that would have gone out.</summary>
    public const string DemoMail = "/demo-mail";
    public const string Pieces = "/ui";
    /// <summary>In development, what the twins received.</summary>
    public const string Twin = "/twin";
    /// <summary>Where staff begin: clients by what needs help.</summary>
    public const string Portfolio = "/staff/portfolio";
    public const string Clients = "/staff/clients";
    public const string NewClient = "/staff/clients/new";
    public const string StaffPeople = "/staff/people";

    /// <summary>Sign-in that returns to a local address afterwards.</summary>
    public static string SignIn(string? returnUrl = null) =>
        string.IsNullOrEmpty(returnUrl) || returnUrl == "/" ? SignInPath : $"{SignInPath}?returnUrl={Escaped(returnUrl)}";

    /// <summary>The second step of signing in: a code from the app, or a recovery code.</summary>
    public static string SecondStep(string? returnUrl, bool recovery = false) =>
        $"{TwoFactorCheck}?recovery={(recovery ? "true" : "false")}" + (returnUrl is null ? "" : $"&returnUrl={Escaped(returnUrl)}");

    public static string Client(string slug) => $"{Clients}/{slug}";

    public static string MissionControl(string tenant) => $"/{tenant}";
    public static string Search(string tenant) => $"/{tenant}/search";
    public static string Search(string tenant, string text) => $"{Search(tenant)}?q={Escaped(text)}";

    public static string Customers(string tenant) => $"/{tenant}/customers";
    public static string Customer(string tenant, string customerId) => $"{Customers(tenant)}/{Escaped(customerId)}";

    public static string TargetGroups(string tenant) => $"/{tenant}/target-groups";
    public static string NewTargetGroup(string tenant) => $"{TargetGroups(tenant)}/new";
    public static string TargetGroup(string tenant, long id) => $"{TargetGroups(tenant)}/{id}";

    public static string Campaigns(string tenant) => $"/{tenant}/campaigns";
    public static string NewCampaign(string tenant) => $"{Campaigns(tenant)}/new";
    public static string Campaign(string tenant, long id) => $"{Campaigns(tenant)}/{id}";
    /// <summary>One step of the wizard: who, what-counts, message, conditions, when.</summary>
    public static string EditCampaign(string tenant, long id, string step) => $"{Campaign(tenant, id)}/edit/{step}";
    /// <summary>The campaigns that reach each customer at a moment of the customer's own.</summary>
    public static string TriggeredCampaigns(string tenant) => $"{Campaigns(tenant)}/triggered";
    public static string NewTriggeredCampaign(string tenant) => $"{TriggeredCampaigns(tenant)}/new";
    public static string TriggeredCampaign(string tenant, long id) => $"{TriggeredCampaigns(tenant)}/{id}";
    /// <summary>Events and decisions as they happen.</summary>
    public static string Triggers(string tenant) => $"/{tenant}/triggers";
    public static string Preflight(string tenant, long id) => $"{Campaign(tenant, id)}/preflight";
    /// <summary>The campaign's hand-over, played against a twin.</summary>
    public static string DryRun(string tenant, long id) => $"{Campaign(tenant, id)}/dry-run";
    /// <summary>The same, begun at once.</summary>
    public static string DryRunNow(string tenant, long id) => $"{DryRun(tenant, id)}?run=now";
    public static string Occurrence(string tenant, long id, DateOnly date) => $"{Campaign(tenant, id)}/{Day(date)}";

    /// <summary>The recipients of an occurrence as a file; a query as on its page narrows it.</summary>
    public static string Recipients(string tenant, long id, DateOnly date) => $"{Occurrence(tenant, id, date)}/recipients.csv";

    public static string Analysis(string tenant) => $"/{tenant}/analysis";
    /// <summary>What became of the messages of triggered campaigns.</summary>
    public static string TriggeredAnalysis(string tenant) => $"{Analysis(tenant)}/triggered";
    public static string TriggeredAnalysis(string tenant, int id) => $"{TriggeredAnalysis(tenant)}/{id}";
    public static string Analysis(string tenant, long campaignId, DateOnly? occurrence = null) =>
        $"{Analysis(tenant)}/{campaignId}" + (occurrence is { } date ? $"?occurrence={Day(date)}" : "");

    public static string Channels(string tenant) => $"/{tenant}/channels";
    public static string Connection(string tenant, long connectionId) => $"{Channels(tenant)}/{connectionId}";
    /// <summary>A connection as a page to print: settings without secrets, checklist, people, dates.</summary>
    public static string HandOver(string tenant, long connectionId) => $"{Connection(tenant, connectionId)}/hand-over";
    public static string NewConnection(string tenant, string provider) => $"{Channels(tenant)}/new/{provider}";
    public static string Templates(string tenant, long connectionId) => $"{Connection(tenant, connectionId)}/templates";

    public static string Imports(string tenant) => $"/{tenant}/imports";
    public static string Import(string tenant, long runId) => $"{Imports(tenant)}/{runId}";
    public static string RejectedRows(string tenant, long runId) => $"{Import(tenant, runId)}/rejects.csv";
    /// <summary>Where a file is posted, as its body.</summary>
    public static string Upload(string tenant, string fileName, string kind, long size) =>
        string.Create(CultureInfo.InvariantCulture, $"{Imports(tenant)}/upload?name={Escaped(fileName)}&kind={kind}&size={size}");
    public static string ProposeAttributes(string tenant) => $"{Settings(tenant, "attributes")}/propose";

    public static string Settings(string tenant) => $"/{tenant}/settings";

    /// <summary>A part of the settings: users, attributes, segments, api, audit.</summary>
    public static string Settings(string tenant, string part) => $"/{tenant}/settings/{part}";

    /// <summary>What programs called through the API.</summary>
    public static string ApiCalls(string tenant) => $"{Settings(tenant, "api")}/calls";
    /// <summary>The channels that integration partners serve.</summary>
    public static string PartnerChannels(string tenant) => $"{Channels(tenant)}/partners";

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => Uri.EscapeDataString(text);
}
