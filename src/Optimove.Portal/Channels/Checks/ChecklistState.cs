using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels.Checks;

/// <summary>One item of a connection's checklist with its latest answer; never tried is waiting.</summary>
public sealed record ChecklistLine(CheckItem Item, CheckState State, string? Sentence, DateTimeOffset? CheckedAt, string? ConfirmedBy, string? Note)
{
    /// <summary>Stands between the connection and its use. A word that a person has not given yet does not.</summary>
    public bool Hinders => Item.Required && (State is CheckState.Blocked || State is CheckState.Waiting && !Item.ByPerson);
    /// <summary>Waits for a person's word and for nothing else.</summary>
    public bool Unconfirmed => Item.ByPerson && State is CheckState.Waiting;
}

/// <summary>A connection's checklist as a whole.</summary>
public sealed record ChecklistState(IReadOnlyList<ChecklistLine> Lines, string ProviderName)
{
    public int Works => Count(CheckState.Works);
    public bool Ready => !Lines.Any(l => l.Hinders);

    public int Count(CheckState state) => Lines.Count(l => l.State == state);

    /// <summary>"1 blocked, 1 to look at"; empty when everything works.</summary>
    public string Rest => string.Join(", ", new[] { Some(CheckState.Blocked, "blocked"), Some(CheckState.Attention, "to look at"), Some(CheckState.Waiting, "waiting") }.OfType<string>());

    /// <summary>Each who has a part in it, in the order of the checklist, with what they have left to do.</summary>
    public IEnumerable<(CheckOwner Owner, string Name, int Blocked, int LookAt, int Waiting)> Owners => Lines.GroupBy(l => l.Item.Owner).Select(g =>
        (g.Key, NameOf(g.Key), g.Count(l => l.State == CheckState.Blocked), g.Count(l => l.State == CheckState.Attention), g.Count(l => l.State == CheckState.Waiting)));

    /// <summary>Who has to act on an item, in words.</summary>
    public string NameOf(CheckOwner owner) => owner switch
    {
        CheckOwner.Marketer => "Marketer",
        CheckOwner.ClientIt => "Client IT",
        CheckOwner.AppDeveloper => "App developer",
        CheckOwner.ProviderSupport => $"{ProviderName} support",
        _ => "Customer success",
    };

    private string? Some(CheckState state, string word) => Count(state) is > 0 and var count ? $"{count} {word}" : null;
}
