namespace Optimove.Portal.Targeting.Checking;

/// <summary>Something that a rule cannot be compiled with.</summary>
/// <param name="Path">Where: positions among <see cref="Rule.Children"/> from the root, "0/2"; the root is "".</param>
/// <param name="Sentence">What, for the marketer.</param>
public sealed record Problem(string Path, string Sentence);
