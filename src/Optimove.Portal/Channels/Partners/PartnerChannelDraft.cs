using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels.Partners;

/// <summary>What a person says of a partner channel.</summary>
public sealed class PartnerChannelDraft
{
    public int? ChannelId { get; set; }
    public string Name { get; set; } = "";
    public Channel Kind { get; set; } = Channel.Sms;
    public bool HasApps { get; set; }
    public bool TriggeredUse { get; set; }
    public bool FiguresAdd { get; set; }
    public HashSet<string> Tags { get; init; } = [];
    public HashSet<string> ExcludedTags { get; init; } = [];
    /// <summary>Names of event parameters, separated by commas.</summary>
    public string ExcludedParameters { get; set; } = "";

    public static PartnerChannelDraft Of(PartnerChannel channel) => new()
    {
        ChannelId = channel.ChannelId, Name = channel.Name, Kind = channel.Kind, HasApps = channel.HasApps, TriggeredUse = channel.TriggeredUse, FiguresAdd = channel.FiguresAdd,
        Tags = [.. channel.Tags], ExcludedTags = [.. channel.ExcludedTags], ExcludedParameters = string.Join(", ", channel.ExcludedParameters),
    };

    internal IReadOnlyList<string> Parameters => [.. ExcludedParameters.Split([',', '\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>What is wrong with the number; null where nothing is.</summary>
    public string? NumberProblem => ChannelId is >= 1 and <= 999_999 ? null : "The number of the channel is between 1 and 999999; the partner calls the channel by it.";

    /// <summary>What is wrong with the name; null where nothing is.</summary>
    public string? NameProblem => string.IsNullOrWhiteSpace(Name) || Name.Trim().Length > 120 ? "Give the channel a name of at most 120 characters." : null;

    /// <exception cref="RefusedException">Something is missing or out of bounds; the sentence names it.</exception>
    internal void Check()
    {
        if ((NumberProblem ?? NameProblem) is { } problem) throw new RefusedException(problem);
        if (Parameters.Any(p => p.Length > 100) || Parameters.Count > 100) throw new RefusedException("At most 100 event parameters of 100 characters each can be left out.");
    }
}
