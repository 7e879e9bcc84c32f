namespace Optimove.Portal.TargetGroups.Builder.Values;

/// <summary>Values as a person writes or pastes them into one field: between commas, semicolons or line ends; one between double quotes stays whole.</summary>
internal static class WrittenList
{
    /// <param name="isOne">The text is a known value, whatever marks it has.</param>
    public static IReadOnlyList<string> Read(string text, bool isOne)
    {
        var trimmed = text.Trim();
        if (isOne) return [trimmed];
        if (trimmed is ['"', _, .., '"']) return [trimmed[1..^1]];
        return trimmed.Split([',', ';', '\n', '\t'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
