namespace Optimove.Portal.Twins.Partner;

/// <summary>A partner's account in the file: its access and templates in the account's own line, then a line a campaign.</summary>
internal sealed record SavedPartner
{
    public PartnerAccess? Access { get; init; }
    public PartnerTemplate[]? Templates { get; init; }
    public string[]? Triggered { get; init; }
    public Dictionary<int, TriggeredPost>? TriggeredPosts { get; init; }
    public PartnerCampaign? Campaign { get; init; }

    public static IEnumerable<Saved.SavedLine> Lines(PartnerAccount account) =>
    [
        new(account.Name) { Partner = new() { Access = account.Access, Templates = [.. account.Templates], Triggered = [.. account.Triggered], TriggeredPosts = new(account.TriggeredPosts) } },
        .. account.Campaigns.Values.Select(c => new Saved.SavedLine(account.Name) { Partner = new() { Campaign = c } }),
    ];

    public void PutInto(TwinWorld world, string name)
    {
        if (Access is not null)
        {
            var account = world.AddPartner(name, Access);
            account.Templates.AddRange(Templates ?? []);
            account.Triggered.AddRange(Triggered ?? []);
            foreach (var (campaign, post) in TriggeredPosts ?? []) account.TriggeredPosts[campaign] = post;
        }
        if (Campaign is not null) world.Partner(name).Campaigns[Campaign.Id] = Campaign;
    }
}
