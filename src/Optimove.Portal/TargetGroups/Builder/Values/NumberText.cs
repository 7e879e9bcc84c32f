using System.Globalization;

namespace Optimove.Portal.TargetGroups.Builder.Values;

/// <summary>Numbers as a person writes them in a field: 1250 or 12.5, without thousands marks, because a comma means two things.</summary>
internal static class NumberText
{
    public static decimal? Read(string? text) =>
        decimal.TryParse(text?.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string Write(decimal? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
}
