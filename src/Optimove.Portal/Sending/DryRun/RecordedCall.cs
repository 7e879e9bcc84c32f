namespace Optimove.Portal.Sending.DryRun;

/// <summary>One request of a dry run with its answer.</summary>
public sealed class RecordedCall
{
    /// <summary>Counts from 1, in the order in which the calls began.</summary>
    public required int Number { get; init; }
    /// <summary>By the clock of the dry run.</summary>
    public required DateTimeOffset At { get; init; }
    public required string Method { get; init; }
    /// <summary>Below the provider's host, with its query.</summary>
    public required string Path { get; init; }
    /// <summary>0 until an answer came.</summary>
    public int Status { get; set; }
    /// <summary>Bytes of the request's body.</summary>
    public long Size { get; set; }
    /// <summary>Recipients in it.</summary>
    public int People { get; set; }
    /// <summary>The step of the hand-over that it belongs to; null where it only asks.</summary>
    public string? Step { get; set; }
    /// <summary>Scheme and dots, never the credentials; null where none go along.</summary>
    public string? Authorization { get; init; }
    public BodyText Request { get; set; } = BodyText.None;
    public BodyText Response { get; set; } = BodyText.None;
}

/// <summary>The beginning of a body, secrets masked.</summary>
/// <param name="LeftOut">Characters after it.</param>
public sealed record BodyText(string Text, long LeftOut)
{
    public static BodyText None { get; } = new("", 0);
}

/// <summary>The calls of a dry run: the first and the last with their bodies, the ones between only counted.</summary>
/// <param name="Kept">In their order.</param>
/// <param name="People">Recipients in all calls together.</param>
/// <param name="Bytes">Of all bodies that were sent.</param>
/// <param name="Refused">Calls without an answer, or with one that is no success.</param>
public sealed record CallsMade(int Count, IReadOnlyList<RecordedCall> Kept, int People, long Bytes, int Refused)
{
    public int NotKept => Count - Kept.Count;
}
