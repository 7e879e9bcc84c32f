using System.Globalization;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Shell;

namespace Optimove.Portal.Analysis;

/// <summary>The addresses around one result.</summary>
public static class AnalysisUrls
{
    public static string Result(string slug, Occurrence o, string? tab = null) => Urls.Analysis(slug, o.CampaignId, o.Date) + (tab is null ? "" : $"&tab={tab}");
    public static string Raw(string slug, Occurrence o, string? tab, int day) => $"{Result(slug, o, tab)}&raw={day}";
    public static string Finance(string slug, Occurrence o) => $"{Urls.Analysis(slug)}/{o.CampaignId}/finance?occurrence={Day(o)}";
    public static string FiguresFile(string slug, Occurrence o) => $"{Urls.Analysis(slug)}/{o.CampaignId}/{Day(o)}/figures.csv";
    public static string ResponsesFile(string slug, Occurrence o) => $"{Urls.Analysis(slug)}/{o.CampaignId}/{Day(o)}/responses.csv";

    /// <summary>The people of an occurrence with one fate, and of one reason if given.</summary>
    public static string People(string slug, Occurrence o, string fate, string? reason = null) =>
        $"{Urls.Occurrence(slug, o.CampaignId, o.Date)}?fate={fate}" + (string.IsNullOrEmpty(reason) ? "" : $"&reason={Uri.EscapeDataString(reason)}");

    private static string Day(Occurrence o) => o.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
