using System.Text;
using System.Text.Json.Nodes;
using Optimove.Portal.Providers.Http;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>The calls of Cheetah's API that the product makes, for one connection.</summary>
internal sealed class CheetahClient(CheetahAccess access, CheetahSettings settings)
{
    private const string Campaigns = "/EmailCampaign";

    public CheetahSettings Settings => settings;

    public Task<Admission> TryCredentialsAsync(CancellationToken cancellation) => access.TryAsync(cancellation);

    /// <summary>Lists the account's tables: the call that other tools test a connection with.</summary>
    public Task TestAsync(CancellationToken cancellation) => SendAsync(HttpMethod.Get, "/Table", "list the tables", cancellation);

    public Task<JsonObject?> FindFolderAsync(CancellationToken cancellation) =>
        FindAsync(CheetahAssumptions.Folder(settings.Folder), "read the folder", cancellation);

    public Task<JsonObject?> FindDataMapAsync(CancellationToken cancellation) =>
        FindAsync(CheetahAssumptions.DataMap(settings.PropMap), "read the Data Map", cancellation);

    /// <summary>Whether Cheetah knows somebody under this value of the identifier field.</summary>
    public async Task<bool> KnowsAsync(string identity, CancellationToken cancellation) =>
        await FindAsync(CheetahAssumptions.Record(settings.Cust, settings.IdentifierField, identity), "look a customer up", cancellation) is not null;

    /// <returns>The import's id; its work only begins.</returns>
    public async Task<string> CreateImportAsync(string name, IAsyncEnumerable<RecipientChunk> recipients, CancellationToken cancellation)
    {
        var file = new ImportFile(settings, name, recipients);
        var answer = await access.SendAsync(HttpMethod.Post, "/Import", "take the list of recipients", call => call with { WriteBody = file.WriteAsync }, cancellation);
        return CheetahJson.ReadId(answer, "import_id");
    }

    public async Task<ImportLook?> FindImportAsync(string import, CancellationToken cancellation) =>
        await FindAsync(CheetahAssumptions.Import(import), "read the import", cancellation) is { } found ? CheetahAssumptions.ReadImport(found) : null;

    /// <summary>Removes an import; one that is not there is removed already.</summary>
    public Task DeleteImportAsync(string import, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Delete, CheetahAssumptions.Import(import), "delete the list of recipients", cancellation);

    public async Task<JsonObject?> FindCampaignAsync(string campaign, CancellationToken cancellation) =>
        await FindAsync(Campaign(campaign), "read the campaign", cancellation);

    public async Task<string> CreateCampaignAsync(JsonObject campaign, CancellationToken cancellation) =>
        CheetahJson.ReadId(await SendAsync(HttpMethod.Post, Campaigns, "make the campaign", cancellation, campaign), "campId");

    public Task LaunchAsync(string campaign, CancellationToken cancellation) => ActAsync(campaign, "LAUNCH", "launch the campaign", cancellation);

    public Task ApproveAsync(string campaign, CancellationToken cancellation) => ActAsync(campaign, "APPROVE", "approve the campaign", cancellation);

    /// <summary>Pausing twice is the same as pausing once.</summary>
    public Task PauseAsync(string campaign, CancellationToken cancellation) => ActAsync(campaign, "PAUSE", "pause the campaign", cancellation, repeatable: true);

    /// <summary>Writes a draft as it is to be; writing it twice is the same as once.</summary>
    public Task ChangeAsync(string campaign, JsonObject changed, CancellationToken cancellation)
    {
        changed["campAction"] = "CHANGE";
        return SendAsync(HttpMethod.Put, Campaign(campaign), "change the campaign", cancellation, changed, repeatable: true);
    }

    /// <summary>Removes a campaign; one that is not there is removed already.</summary>
    public Task DeleteCampaignAsync(string campaign, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Delete, Campaign(campaign), "delete the campaign", cancellation);

    /// <summary>The figures with the answer as it came, or null while there are none.</summary>
    public async Task<(CheetahFigures Figures, string Raw)?> FindFiguresAsync(string campaign, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Get, CheetahAssumptions.Metrics(campaign), "read the metrics", cancellation);
        return answer.Status == 404 ? null : (CheetahAssumptions.ReadFigures(CheetahJson.Read(answer, ProviderFault.Unavailable)), Encoding.UTF8.GetString(answer.Body));
    }

    private static string Campaign(string id) => $"{Campaigns}?id={Uri.EscapeDataString(id)}";

    private Task ActAsync(string campaign, string action, string operation, CancellationToken cancellation, bool repeatable = false) =>
        SendAsync(HttpMethod.Put, Campaign(campaign), operation, cancellation, new JsonObject { ["campId"] = CheetahCampaign.Id(campaign), ["campAction"] = action }, repeatable);

    private async Task<JsonObject?> FindAsync(string path, string operation, CancellationToken cancellation)
    {
        var answer = await SendAsync(HttpMethod.Get, path, operation, cancellation);
        return answer.Status == 404 ? null : CheetahJson.Read(answer, ProviderFault.Unavailable);
    }

    /// <summary>A 404 answers a question and a deletion; for anything else it is a refusal.</summary>
    private Task<ProviderResponse> SendAsync(
        HttpMethod method, string path, string operation, CancellationToken cancellation, JsonObject? body = null, bool repeatable = false) =>
        access.SendAsync(method, path, operation, call => call with
        {
            Body = body is null ? default : Encoding.UTF8.GetBytes(body.ToJsonString()),
            Repeatable = repeatable || method == HttpMethod.Delete,
            AlsoAnswers = method == HttpMethod.Get || method == HttpMethod.Delete ? [404] : [],
        }, cancellation);
}
