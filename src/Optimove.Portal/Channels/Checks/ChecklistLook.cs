using Optimove.Portal.Providers;
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

    public static string InWords(Channel channel) => channel switch { Channel.Email => "E-mail", Channel.Push => "Mobile push", _ => "SMS" };

    /// <summary>The most urgent thing that somebody has to do, as a sentence; null when everything works.</summary>
    public static string? Urgent(ChecklistState state)
    {
        var line = state.Lines.FirstOrDefault(l => l.State == CheckState.Blocked) ?? state.Lines.FirstOrDefault(l => l.State == CheckState.Attention) ?? state.Lines.FirstOrDefault(l => l.State == CheckState.Waiting);
        return line is null ? null : $"{state.NameOf(line.Item.Owner)}: {line.Item.Title}";
    }
}
