using Optimove.Portal.Providers;
using Optimove.Portal.Ui;
using Optimove.Portal.Ui.Badges;

namespace Optimove.Portal.Channels.Checks;

/// <summary>How the states of a checklist look and read.</summary>
internal static class ChecklistLook
{
    public static Check Of(CheckState state) => state switch
    {
        CheckState.Works => Check.Works,
        CheckState.Attention => Check.LookAtIt,
        CheckState.Blocked => Check.Blocked,
        _ => Check.Waiting,
    };

    public static string InWords(Channel channel) => channel switch
    {
        Channel.Email => "E-mail",
        Channel.Push => "Mobile push",
        Channel.Sms => "SMS",
        Channel.WebPush => "Web push",
        Channel.InApp => "In-app",
        Channel.Ads => "Ads",
        _ => "Other",
    };

    /// <summary>The most urgent thing that somebody has to do, as a sentence; null when everything works.</summary>
    public static string? Urgent(ChecklistState state) => MostUrgent(state) is { } line ? $"{state.NameOf(line.Item.Owner)}: {line.Item.Title}" : null;

    /// <summary>What stands first between the connection and being ready; after that, what is optional. Null when everything works.</summary>
    public static ChecklistLine? MostUrgent(ChecklistState state) =>
        state.Lines.Where(l => l.State is not CheckState.Works).OrderByDescending(l => l.Hinders).ThenByDescending(l => l.State).FirstOrDefault();

    /// <summary>"5 days", "3 hours", "less than an hour".</summary>
    public static string HowLong(TimeSpan span) =>
        span.TotalDays >= 1 ? Format.Count((long)span.TotalDays, "day") : span.TotalHours >= 1 ? Format.Count((long)span.TotalHours, "hour") : "less than an hour";
}
