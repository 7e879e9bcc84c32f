namespace Optimove.Portal.Ui;

/// <summary>Ids that tie a label to its control; unique within the process, so also within a page.</summary>
internal static class ElementId
{
    private static long _last;

    public static string New(string prefix) => $"{prefix}-{Interlocked.Increment(ref _last):x}";
}
