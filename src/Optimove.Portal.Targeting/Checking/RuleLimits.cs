namespace Optimove.Portal.Targeting.Checking;

/// <summary>How large a rule may be.</summary>
public static class RuleLimits
{
    /// <summary>Levels of a rule's tree, conditions included.</summary>
    public const int Depth = 8;
    /// <summary>Conditions of one rule.</summary>
    public const int Conditions = 100;
    /// <summary>Conditions of a rule with those of every group that it uses.</summary>
    public const int ConditionsWithGroups = 500;
    /// <summary>Groups that use groups.</summary>
    public const int GroupNesting = 5;
    /// <summary>Values of one list.</summary>
    public const int ListValues = 1_000;
    /// <summary>Characters of a text where the attribute sets no limit.</summary>
    public const int TextLength = 1_000;
    /// <summary>Days that a comparison may count from the data date; a hundred years.</summary>
    public const int Days = 36_500;
    /// <summary>The earliest year of a date.</summary>
    public const int FirstYear = 1900;
    /// <summary>The latest year of a date.</summary>
    public const int LastYear = 2199;
}
