using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Optimove.Portal.Providers.Cheetah;

/// <summary>The templates of an account: the campaigns in its folder, without those that the product made there itself.</summary>
internal sealed partial class CheetahTemplates(CheetahClient client)
{
    private const int AtOnce = 2;

    /// <exception cref="ProviderException">Misconfigured, when there is no such folder.</exception>
    public async Task<IReadOnlyList<ProviderTemplate>> ReadAsync(CancellationToken cancellation)
    {
        var folder = await client.FindFolderAsync(cancellation) ?? throw new ProviderException(ProviderFault.Misconfigured,
            $"Cheetah Messaging has no folder with the ID {client.Settings.FolderId}. Ask Cheetah Digital support for the ID of the folder \"Optimove\" and enter it in the connection's settings.");
        var candidates = CheetahAssumptions.ReadChildren(folder).Where(child => child.Type == CheetahAssumptions.CampaignType && !MadeHere().IsMatch(child.Name));
        var found = new ConcurrentBag<ProviderTemplate>();
        // One call for each; a campaign that was deleted in between is left out.
        await Parallel.ForEachAsync(candidates, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (child, stop) =>
        {
            if (await client.FindCampaignAsync(child.Id, stop) is { } campaign && !CheetahCampaign.HasImport(campaign))
                found.Add(Read(child, campaign));
        });
        return [.. found.OrderBy(template => template.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private static ProviderTemplate Read(FolderChild child, JsonObject campaign) => new(
        child.Id, CheetahCampaign.Name(campaign) ?? child.Name, Html: CheetahCampaign.Html(campaign), Unusable: CheetahCampaign.Unusable(campaign));

    /// <summary>Saves the call for each campaign of the past nights; the import tells the others.</summary>
    [GeneratedRegex(@"^opt-\d+-.+-\d{8}$")]
    private static partial Regex MadeHere();
}
