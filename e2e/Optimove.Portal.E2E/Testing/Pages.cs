using System.Text.RegularExpressions;

namespace Optimove.Portal.E2E.Testing;

/// <summary>Every page of the portal with a name for its picture, filled with what the demo has.</summary>
public static partial class Pages
{
    public static IReadOnlyList<(string Name, string Address)> BeforeSignIn { get; } =
    [
        ("sign-in", "/sign-in"), ("forgotten-password", "/account/forgotten-password"), ("reset-password", "/account/reset-password"), ("invitation", "/account/invitation"),
        ("forbidden", "/forbidden"),
    ];

    public static IReadOnlyList<(string Name, string Address)> OfStaff { get; } =
    [
        ("staff-portfolio", "/staff/portfolio"), ("staff-clients", "/staff/clients"), ("staff-new-client", "/staff/clients/new"), ("staff-client", "/staff/clients/aurelia"), ("staff-people", "/staff/people"),
        ("twin", "/twin"), ("pieces", "/ui"),
    ];

    /// <summary>The pages of the demo's client, for somebody who is signed in there; draws up a campaign to show the wizard with.</summary>
    public static async Task<IReadOnlyList<(string Name, string Address)>> OfClientAsync(IPage page)
    {
        await page.OpenAsync("/aurelia/campaigns/2");
        var scheduled = await page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).First.GetAttributeAsync("href");
        await page.OpenAsync("/aurelia/campaigns/1");
        var sent = await page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Link).First.GetAttributeAsync("href");
        await page.OpenAsync("/aurelia/campaigns/new?group=2");
        await Expect(page).ToHaveURLAsync(WizardAddress());
        var draft = WizardAddress().Match(page.Url).Groups[1].Value;
        return
        [
            ("mission-control", "/aurelia"), ("search", "/aurelia/search?q=edit"), ("customers", "/aurelia/customers"), ("customer", "/aurelia/customers/C-100003"),
            ("target-groups", "/aurelia/target-groups"), ("target-group", "/aurelia/target-groups/2"), ("target-group-new", "/aurelia/target-groups/new"),
            ("campaigns", "/aurelia/campaigns"), ("campaign", "/aurelia/campaigns/2"),
            ("wizard-who", $"/aurelia/campaigns/{draft}/edit/who"), ("wizard-what-counts", $"/aurelia/campaigns/{draft}/edit/what-counts"),
            ("wizard-message", $"/aurelia/campaigns/2/edit/message"), ("wizard-when", $"/aurelia/campaigns/2/edit/when"),
            ("preflight", "/aurelia/campaigns/2/preflight"), ("dry-run", "/aurelia/campaigns/2/dry-run"), ("dry-run-done", "/aurelia/campaigns/2/dry-run?run=now"), ("preflight-stopped", $"/aurelia/campaigns/{draft}/preflight"),
            ("occurrence-scheduled", scheduled!), ("occurrence", sent!), ("occurrence-certificate", sent + "?tab=certificate"),
            ("analysis", "/aurelia/analysis"), ("result", "/aurelia/analysis/1"), ("result-delivery", "/aurelia/analysis/1?tab=delivery"), ("result-people", "/aurelia/analysis/1?tab=people"),
            ("result-decided", "/aurelia/analysis/1?tab=decided"), ("result-raw", "/aurelia/analysis/1?raw=7"), ("result-finance", "/aurelia/analysis/1/finance"),
            ("triggered-analysis", "/aurelia/analysis/triggered"), ("triggered-outcome", "/aurelia/analysis/triggered/1"), ("triggered-outcome-provider", "/aurelia/analysis/triggered/2"),
            ("channels", "/aurelia/channels"), ("connection", "/aurelia/channels/1"), ("connection-partner", "/aurelia/channels/5"), ("connection-hand-over", "/aurelia/channels/1/hand-over"), ("connection-new", "/aurelia/channels/new/mailchimp"),
            ("templates", "/aurelia/channels/1/templates"), ("template-preview", "/aurelia/channels/1/templates?preview=1"),
            ("imports", "/aurelia/imports"), ("import", "/aurelia/imports/4"),
            ("settings", "/aurelia/settings"), ("settings-users", "/aurelia/settings/users"), ("settings-attributes", "/aurelia/settings/attributes"),
            ("attributes-propose", "/aurelia/settings/attributes/propose"), ("settings-audit", "/aurelia/settings/audit"),
            ("settings-api", "/aurelia/settings/api"), ("credential-new", "/aurelia/settings/api?open=new"), ("api-calls", "/aurelia/settings/api/calls"),
            ("partner-channels", "/aurelia/channels/partners"), ("triggered-campaigns", "/aurelia/campaigns/triggered"), ("triggered-campaign", "/aurelia/campaigns/triggered/1"), ("triggers", "/aurelia/triggers"), ("settings-events", "/aurelia/settings/events"),
            ("settings-segments", "/aurelia/settings/segments"), ("partner-channel-new", "/aurelia/channels/partners?open=new"),
            ("account", "/account"), ("two-factor", "/account/two-factor"),
        ];
    }

    [GeneratedRegex("/campaigns/([0-9]+)/edit/who$")]
    private static partial Regex WizardAddress();
}
