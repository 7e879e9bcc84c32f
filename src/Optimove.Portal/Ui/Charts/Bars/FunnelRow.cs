namespace Optimove.Portal.Ui.Charts.Bars;

/// <summary>One bar of a funnel.</summary>
/// <param name="Value">Null when the provider does not offer it: then only the note is shown, never 0.</param>
/// <param name="Of">The denominator; null for the whole itself.</param>
/// <param name="Note">What it is a share of, in words: "of 35,961 delivered".</param>
public sealed record FunnelRow(string Label, long? Value, long? Of, string Note)
{
    /// <summary>Value / Of, a share of 1; null without a denominator above 0.</summary>
    public double? Share => Value is { } value && Of is > 0 and var of ? (double)value / of : null;
}
