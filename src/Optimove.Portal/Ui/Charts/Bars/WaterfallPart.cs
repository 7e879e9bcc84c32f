namespace Optimove.Portal.Ui.Charts.Bars;

/// <summary>What became of the people of a bar, which gives its colour and sign.</summary>
public enum WaterfallFate
{
    /// <summary>Left out before the draw: written with a minus.</summary>
    Excluded,

    /// <summary>Held back as control.</summary>
    Control,

    /// <summary>Gets, or got, a message.</summary>
    Reached,

    /// <summary>Was to get a message and did not.</summary>
    Failed,
}

/// <summary>One part of a waterfall's whole.</summary>
/// <param name="Address">Where its people are listed; null when they cannot be opened.</param>
/// <param name="Current">Whether its people are open now.</param>
public sealed record WaterfallPart(string Label, long Count, WaterfallFate Fate, string? Address = null, bool Current = false);
