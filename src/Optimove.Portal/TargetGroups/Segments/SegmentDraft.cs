namespace Optimove.Portal.TargetGroups.Segments;

/// <summary>What a person decides about a segment.</summary>
public sealed class SegmentDraft
{
    public SegmentKind Kind { get; set; }
    public string Name { get; set; } = "";
    /// <summary>The group whose rule defines it; 0 while none is chosen.</summary>
    public int TargetGroupId { get; set; }

    public static SegmentDraft Of(Segment segment) => new() { Kind = segment.Kind, Name = segment.Name, TargetGroupId = segment.TargetGroupId };

    /// <summary>What is wrong with the name; null where nothing is.</summary>
    public string? NameProblem => Name.Trim().Length is 0 or > 80 ? "Give the segment a name of at most 80 characters. Programs read it." : null;

    /// <summary>What is wrong with the group; null where nothing is.</summary>
    public string? GroupProblem => TargetGroupId == 0 ? "Choose the target group whose rule says who is in the segment." : null;

    /// <exception cref="RefusedException">The name or the group is missing.</exception>
    internal void Check()
    {
        if ((NameProblem ?? GroupProblem) is { } problem) throw new RefusedException(problem);
    }
}
