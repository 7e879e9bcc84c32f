namespace Optimove.Portal.Campaigns.Launch;

/// <summary>One thing that was looked at before a launch.</summary>
/// <param name="Step">The step of the wizard where it is put right.</param>
/// <param name="Owner">Who acts, when somebody has to.</param>
public sealed record LaunchCheck(LaunchResult Result, string Step, string Sentence, string? Detail = null, string Owner = "You")
{
    /// <summary>The connection on whose page it is put right, where that is not the wizard.</summary>
    public int? ConnectionId { get; init; }

    public static LaunchCheck Stop(string step, string sentence, string? detail = null, string owner = "You") => new(LaunchResult.Stops, step, sentence, detail, owner);
    public static LaunchCheck Look(string step, string sentence, string? detail = null, string owner = "You") => new(LaunchResult.LookAtIt, step, sentence, detail, owner);
    public static LaunchCheck Well(string step, string sentence, string? detail = null, string owner = "Portal") => new(LaunchResult.Good, step, sentence, detail, owner);
}

public enum LaunchResult { Stops, LookAtIt, Good }

/// <summary>The steps of the wizard, as addresses spell them.</summary>
public static class WizardStep
{
    public const string Who = "who";
    public const string WhatCounts = "what-counts";
    public const string Message = "message";
    public const string When = "when";
    public static readonly string[] All = [Who, WhatCounts, Message, When];
}
