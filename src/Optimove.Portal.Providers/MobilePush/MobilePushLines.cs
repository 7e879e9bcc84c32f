namespace Optimove.Portal.Providers.MobilePush;

/// <summary>Reads the apps and business units of the settings, one a line, and finds what is wrong with them.</summary>
internal static class MobilePushLines
{
    /// <summary>Lines that are no app are left out; <see cref="ProblemOf"/> names them.</summary>
    public static IReadOnlyList<MobileApp> Apps(string? text) =>
        [.. Lines(text, 2).Where(line => line.Parts is not null).Select(line => new MobileApp(line.Parts![0], line.Parts[1]))];

    /// <summary>The account itself where none is entered.</summary>
    public static IReadOnlyList<BusinessUnit> Units(string? text)
    {
        List<BusinessUnit> units = [.. Lines(text, 3).Where(line => line.Parts is not null).Select(line => new BusinessUnit(line.Parts![0], line.Parts[1], line.Parts[2]))];
        return units.Count == 0 ? [BusinessUnit.Account] : units;
    }

    public static string? ProblemOf(MobilePushSettings settings)
    {
        if (Lines(settings.Apps, 2).FirstOrDefault(line => line.Parts is null).Text is { } app)
            return $"The line \"{app}\" is no app. Enter the app's ID and its name with a semicolon between them.";
        if (Lines(settings.BusinessUnits, 3).FirstOrDefault(line => line.Parts is null).Text is { } unit)
            return $"The line \"{unit}\" is no business unit. Enter its ID, its name and its template prefix with semicolons between them.";
        var (apps, units) = (Apps(settings.Apps), Units(settings.BusinessUnits));
        if (apps.Count == 0)
            return "No app is entered. Enter at least one app, its ID and its name with a semicolon between them.";
        if (Repeated(apps.Select(a => a.Id)) is { } appId)
            return $"The app {appId} is entered twice. Leave one of the two lines out.";
        if (Repeated(units.Select(u => u.Mid)) is { } mid)
            return $"The business unit {mid} is entered twice. Leave one of the two lines out.";
        return ProblemOf(units);
    }

    /// <summary>A message must belong to one business unit, so no prefix may begin another.</summary>
    private static string? ProblemOf(IReadOnlyList<BusinessUnit> units)
    {
        foreach (var one in units)
            foreach (var other in units)
                if (!ReferenceEquals(one, other) && one.Owns(other.Prefix))
                    return one.Prefix.Length == other.Prefix.Length
                        ? $"The business units {one.Name} and {other.Name} have the same template prefix \"{one.Prefix}\". Give each a prefix of its own."
                        : $"The template prefix \"{one.Prefix}\" of {one.Name} begins the prefix \"{other.Prefix}\" of {other.Name}, so a message could belong to both. Choose prefixes of which none begins another.";
        return null;
    }

    private static string? Repeated(IEnumerable<string> ids) =>
        ids.GroupBy(id => id, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key;

    /// <summary>Each line that is not blank, and its parts where it has as many as it should and none is empty.</summary>
    private static IEnumerable<(string Text, string[]? Parts)> Lines(string? text, int count) =>
        from line in (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let parts = line.Split(';', StringSplitOptions.TrimEntries)
        select (line, parts.Length == count && parts.All(part => part.Length > 0) ? parts : null);
}
