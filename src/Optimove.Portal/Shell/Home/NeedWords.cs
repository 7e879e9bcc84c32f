using Optimove.Portal.Campaigns;
using Optimove.Portal.Campaigns.Launch;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Customers;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Nights;
using Optimove.Portal.Sending.Occurrences;
using Optimove.Portal.Sending.Triggers.Handover;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Badges;
using Optimove.Portal.Ui.Icons;
using OccurrenceOf = Optimove.Portal.Campaigns.Occurrence;

namespace Optimove.Portal.Shell.Home;

/// <summary>Puts what waits for a person into words.</summary>
public static class NeedWords
{
    public static Need Import(ImportRun run, string slug) => new(Tone.Warn, Glyph.Pause, $"The customer file “{run.FileName}” is unusual and waits for a decision",
        $"{run.Sentence} Until somebody decides, no list is made and tonight's campaigns stay on hold.".TrimStart(), null) { Go = ("Decide", Urls.Import(slug, run.Id)) };

    public static Need Night(Night night, int waiting, string slug) => new(Tone.Warn, Glyph.Pause,
        $"The night of {Format.DayMonth(night.Date)} is held{(waiting > 0 ? $", and {Format.Count(waiting, "campaign")} with it" : "")}",
        night.Sentence ?? "Its data waits for a decision. Until then no list is made.", null) { Night = night, Go = ("See the imports", Urls.Imports(slug)) };

    public static Need Occurrence(OccurrenceOf o, ProviderInfo provider, TimeZoneInfo zone)
    {
        var otherwise = OccurrenceWords.Else(o, zone) ?? "";
        var need = o.State switch
        {
            OccurrenceState.Missed => new Need(Tone.Bad, Glyph.ClockX, $"{o.Campaign.Name} did not go out{(o.ListedAt is null ? "" : $": {Format.Count(o.ToSend, "person", "people")} waited for it")}", otherwise, o.SendAt),
            OccurrenceState.Held => new Need(Tone.Warn, Glyph.Pause, $"{o.Campaign.Name} is held", $"{o.Sentence} {otherwise}".Trim(), OccurrenceWords.Deadline(o)),
            _ when o.Unknown > 0 => new Need(Tone.Warn, Glyph.HalfDisc, $"{o.Campaign.Name}: {Format.Number(o.Unknown)} of {Format.Count(o.ToSend, "person", "people")} have no answer from {provider.Name}", otherwise, o.RetryAt),
            _ => new Need(Tone.Warn, Glyph.HalfDisc, $"{o.Campaign.Name}: {Format.Number(o.StillToGo)} of {Format.Count(o.ToSend, "person", "people")} are still to go", otherwise, o.RetryAt),
        };
        return need with { Occurrence = o, GridMinutes = provider.SendGridMinutes };
    }

    public static Need Triggered(UnknownMessages unknown, string slug) => new(Tone.Warn, Glyph.HalfDisc, $"{unknown.Campaign}: {Format.Count(unknown.Messages, "triggered message")} without an answer",
        $"{(unknown.Messages == 1 ? "It" : "Each")} may have arrived or not. {(unknown.Messages == 1 ? "It is not" : "None is")} sent again unless somebody decides so.", null) { Go = ("Decide", Urls.TriggeredCampaign(slug, unknown.CampaignId)) };

    /// <param name="uses">The launched campaigns that use it, the first to go out first.</param>
    public static Need Template(string name, string what, IReadOnlyList<OccurrenceOf> uses, TenantScope tenant) => new(Tone.Warn, Glyph.Warn, $"Template “{name}” {what}",
        $"{(uses.Count == 1 ? "One scheduled campaign uses it: " : $"{uses.Count} scheduled campaigns use it; the first is ")}{First(uses, tenant)}. It will be held unless somebody chooses another.", uses[0].SendAt)
    {
        Go = ("Choose another", Urls.EditCampaign(tenant.Slug, uses[0].CampaignId, WizardStep.Message)),
    };

    /// <param name="checklist">With at least one item that blocks.</param>
    public static Need Connection(Connection connection, ChecklistState checklist, IReadOnlyList<OccurrenceOf> uses, TenantScope tenant)
    {
        var (first, more) = (checklist.Blocking[0], checklist.Blocking.Count - 1);
        var owner = first.Item.Owner switch
        {
            CheckOwner.ClientIt => "your IT", CheckOwner.AppDeveloper => "your app's developers", CheckOwner.ProviderSupport => $"{checklist.ProviderName}'s support",
            CheckOwner.CustomerSuccess => "your customer success manager", _ => "a client admin",
        };
        var otherwise = uses.Count == 0 ? "No scheduled campaign goes through it." : uses.Count == 1 ? $"{First(uses, tenant)} is held unless it works by then."
            : $"{uses.Count} scheduled campaigns are held unless it works by then; the first is {First(uses, tenant)}.";
        return new(uses.Count == 0 ? Tone.Warn : Tone.Bad, Glyph.XCircle, $"The connection “{connection.Name}” is blocked", $"{first.Sentence} To mend by {owner}.{(more > 0 ? $" {more} more of its checks {(more == 1 ? "is" : "are")} red." : "")} {otherwise}", uses.Count == 0 ? null : uses[0].SendAt)
        {
            Go = ("See its checks", Urls.Connection(tenant.Slug, connection.Id)),
        };
    }

    private static string First(IReadOnlyList<OccurrenceOf> uses, TenantScope tenant) =>
        $"{uses[0].Campaign.Name} on {uses[0].Date.ToString("ddd d MMMM", System.Globalization.CultureInfo.InvariantCulture)}, {Format.Clock(uses[0].SendAt, tenant.Zone)}";
}
