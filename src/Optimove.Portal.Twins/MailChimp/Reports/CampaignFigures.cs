using Optimove.Portal.Twins.Mail;
using Optimove.Portal.Twins.MailChimp.Lists;

namespace Optimove.Portal.Twins.MailChimp.Reports;

/// <summary>Counts a campaign's outcomes over the members of a list, without making a text of each address.</summary>
internal static class CampaignFigures
{
    /// <param name="since">Time passed since the campaign's send time.</param>
    public static Figures Of(string campaignId, AddressBook addresses, MemberSet recipients, TimeSpan since)
    {
        var figures = new Figures();
        foreach (var member in recipients.Members()) figures.Add(Outcome.Of(campaignId, addresses.Utf8(member)), since);
        return figures;
    }
}
