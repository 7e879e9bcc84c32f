namespace Optimove.Portal.Ui.Charts;

/// <summary>What became of one day's pull of a provider's metrics.</summary>
public enum PullState
{
    /// <summary>Its time has not come.</summary>
    Waiting,

    /// <summary>The figures are in.</summary>
    Complete,

    /// <summary>The provider did not answer that day.</summary>
    Gap,

    /// <summary>The figures changed after the seventh day.</summary>
    Late,
}

/// <summary>One day's pull.</summary>
/// <param name="Day">1 to 7, days after the send day.</param>
/// <param name="When">"Fri 15, 07:02", or the day it is due.</param>
/// <param name="First">The most telling figure, "7,214 opens", or what went wrong.</param>
/// <param name="Second">The next figure, or null.</param>
public sealed record Pull(int Day, PullState State, string When, string First, string? Second = null)
{
    internal string Word => State switch
    {
        PullState.Complete => "Complete",
        PullState.Gap => "Gap",
        PullState.Late => "Late change",
        _ => "Waiting",
    };

    internal string Css => State switch
    {
        PullState.Complete => "complete",
        PullState.Gap => "gap",
        PullState.Late => "late",
        _ => "waiting",
    };

    internal string Icon => State switch
    {
        PullState.Complete => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.3 8.2 7.2 10l3.5-3.8",
        PullState.Gap => "M8 2.3 14.3 13.2H1.7ZM8 6.5v3M8 11.3v.1",
        PullState.Late => "M13.5 8A5.5 5.5 0 1 1 11.7 4M13.5 2.5V5h-2.5",
        _ => "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3.2l2 1.3",
    };
}
