using System.Text.RegularExpressions;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Attributes;

/// <summary>What an attribute may be: a field name that is safe as a column, a type with its bounds, each field and each purpose once.</summary>
public static partial class AttributeRules
{
    public const int MostAttributes = 500;
    public const int LongestText = 10_000;

    // The key, and the columns that PostgreSQL gives every table.
    private static readonly HashSet<string> Reserved = ["customer_id", "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid", "oid"];

    /// <param name="others">The tenant's other attributes.</param>
    public static IReadOnlyList<AttributeProblem> Problems(AttributeDraft draft, IEnumerable<AttributeDraft> others)
    {
        var all = others.ToList();
        return [.. Field(draft, all), .. Name(draft, all), .. Type(draft), .. Purpose(draft, all)];
    }

    /// <exception cref="RefusedException">A draft breaks a rule; the sentence names the attribute and the remedy.</exception>
    internal static void Demand(IReadOnlyList<AttributeDraft> drafts, IReadOnlyList<AttributeDraft> there)
    {
        if (drafts.Count == 0) throw new RefusedException("There is no attribute to add.");
        if (drafts.Count + there.Count > MostAttributes) throw new RefusedException($"A client may have {MostAttributes} attributes, and these would make {drafts.Count + there.Count}.");
        foreach (var draft in drafts)
        {
            if (Problems(draft, there.Concat(drafts.Where(d => !ReferenceEquals(d, draft)))) is [var problem, ..])
                throw new RefusedException($"{(string.IsNullOrWhiteSpace(draft.Name) ? draft.Field : draft.Name)}: {problem.Sentence}");
        }
    }

    /// <summary>"Text, at most 100", "Whole number", "Day".</summary>
    public static string InWords(AttributeType type, int? length) => type == AttributeType.Text && length is { } n ? $"Text, at most {n:N0}" : InWords(type);

    /// <summary>"Text", "Whole number", "Day".</summary>
    public static string InWords(AttributeType type) => type switch
    {
        AttributeType.Text => "Text",
        AttributeType.Integer => "Whole number",
        AttributeType.Decimal => "Number with decimals",
        AttributeType.Boolean => "Yes or no",
        AttributeType.Date => "Day",
        _ => "Day and time",
    };

    /// <summary>What the product uses an attribute of this purpose for.</summary>
    public static string InWords(this AttributePurpose purpose) => purpose switch
    {
        AttributePurpose.EmailAddress => "E-mail address",
        AttributePurpose.FirstName => "First name",
        AttributePurpose.LastName => "Last name",
        AttributePurpose.ContactKey => "Contact key",
        _ => "None",
    };

    private static IEnumerable<AttributeProblem> Field(AttributeDraft draft, List<AttributeDraft> others)
    {
        var field = draft.Field.Trim();
        if (!Safe().IsMatch(field))
            yield return new(nameof(draft.Field), "Write the field in lower-case letters, digits and underscores, a letter first, at most 59 characters, like last_purchase_on.");
        else if (Reserved.Contains(field))
            yield return new(nameof(draft.Field), $"The database uses {field} itself. Take another field name.");
        else if (others.Any(o => o.Field.Trim() == field))
            yield return new(nameof(draft.Field), $"There is an attribute with the field {field} already.");
    }

    private static IEnumerable<AttributeProblem> Name(AttributeDraft draft, List<AttributeDraft> others)
    {
        var name = draft.Name.Trim();
        if (name.Length is 0 or > 120) yield return new(nameof(draft.Name), "Give it a name of at most 120 characters, as marketers call it.");
        else if (others.Any(o => o.Name.Trim().Equals(name, StringComparison.OrdinalIgnoreCase))) yield return new(nameof(draft.Name), $"Another attribute is called {name}.");
        if (draft.Description?.Length > 1000) yield return new(nameof(draft.Description), "Keep the description under 1,000 characters.");
    }

    private static IEnumerable<AttributeProblem> Type(AttributeDraft draft)
    {
        if (!Enum.IsDefined(draft.Type)) yield return new(nameof(draft.Type), "Choose a type.");
        if (draft.Type == AttributeType.Text && draft.Length is not (>= 1 and <= LongestText))
            yield return new(nameof(draft.Length), $"Say how many characters the text may have, 1 to {LongestText:N0}.");
    }

    private static IEnumerable<AttributeProblem> Purpose(AttributeDraft draft, List<AttributeDraft> others)
    {
        if (draft.Purpose == AttributePurpose.None) yield break;
        if (draft.Type != AttributeType.Text) yield return new(nameof(draft.Purpose), $"Only a text can be the {draft.Purpose.InWords().ToLowerInvariant()}.");
        else if (others.FirstOrDefault(o => o.Purpose == draft.Purpose) is { } holder)
            yield return new(nameof(draft.Purpose), $"{holder.Name} is the {draft.Purpose.InWords().ToLowerInvariant()} already. Take the purpose from it first.");
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,58}$(?<!\n)")]
    private static partial Regex Safe();
}
