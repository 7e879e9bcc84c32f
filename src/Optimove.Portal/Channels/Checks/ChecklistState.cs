using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels.Checks;

/// <summary>One item of a connection's checklist with its latest answer; never tried is waiting.</summary>
public sealed record ChecklistLine(CheckItem Item, CheckState State, string? Sentence, DateTimeOffset? CheckedAt, string? ConfirmedBy, string? Note)
{
    /// <summary>Since when the state has been this.</summary>
    public DateTimeOffset? Since { get; init; }
    /// <summary>The text to send names our addresses, and this installation does not know them.</summary>
    public bool LacksAddresses { get; init; }

    /// <summary>A required item that is red: nothing is launched through the connection.</summary>
    public bool Blocks => Item.Required && State is CheckState.Blocked;
    /// <summary>A required item that is not green: the connection is not ready.</summary>
    public bool Hinders => Item.Required && State is not CheckState.Works;
    /// <summary>Waits for a person's word and for nothing else.</summary>
    public bool Unconfirmed => Item.ByPerson && State is CheckState.Waiting;
    public string Evidence => Sentence ?? (Item.ByPerson ? "Waits for a person's word; software cannot ask." : "Not tried yet.");
}

/// <summary>A connection's checklist as a whole: ready when every required item is green.</summary>
public sealed record ChecklistState(IReadOnlyList<ChecklistLine> Lines, string ProviderName)
{
    public int Works => Count(CheckState.Works);
    public bool Ready => !Lines.Any(l => l.Hinders);
    /// <summary>What keeps campaigns from being launched, in the order of the checklist.</summary>
    public IReadOnlyList<ChecklistLine> Blocking => [.. Lines.Where(l => l.Blocks)];

    /// <summary>The provider's checklist with what is known of each item; answers to items that it no longer has are left out.</summary>
    public static ChecklistState Of(ProviderInfo provider, IEnumerable<ConnectionCheck> answers)
    {
        var byItem = answers.ToDictionary(a => a.Item);
        return new([.. provider.Checklist.Select(i => byItem.TryGetValue(i.Key, out var a)
            ? new ChecklistLine(i, a.State, a.Sentence, a.CheckedAt, a.ConfirmedBy, a.Note) { Since = a.Since }
            : new(i, CheckState.Waiting, null, null, null, null))], provider.Name);
    }

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
