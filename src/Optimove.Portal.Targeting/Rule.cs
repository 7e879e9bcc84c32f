using System.Text.Json.Serialization;

namespace Optimove.Portal.Targeting;

/// <summary>
/// A target group's rule: a tree that is true or false of each customer, never unknown.
/// An empty attribute satisfies no comparison; "is not" and "is none of" do hold for it; <see cref="Not"/> is the exact complement.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(All), "all")]
[JsonDerivedType(typeof(Any), "any")]
[JsonDerivedType(typeof(Not), "not")]
[JsonDerivedType(typeof(AttributeRule), "attribute")]
[JsonDerivedType(typeof(TransactionRule), "transactions")]
[JsonDerivedType(typeof(PreferenceRule), "preference")]
[JsonDerivedType(typeof(GroupRule), "group")]
public abstract record Rule
{
    /// <summary>The rules right under this one, in order; a path counts along them.</summary>
    [JsonIgnore]
    public IReadOnlyList<Rule> Children => this switch
    {
        All all => all.Rules,
        Any any => any.Rules,
        Not not => [not.Rule],
        _ => [],
    };
}

/// <summary>Holds when every rule in it does; without rules it holds for everybody.</summary>
public sealed record All(Items<Rule> Rules) : Rule;

/// <summary>Holds when at least one rule in it does; without rules it holds for nobody.</summary>
public sealed record Any(Items<Rule> Rules) : Rule;

/// <summary>Holds exactly when the rule in it does not.</summary>
public sealed record Not(Rule Rule) : Rule;

/// <summary>A comparison of one attribute. Text is compared to the letter, capitals included; the empty text counts as empty.</summary>
/// <param name="Field">An <see cref="AttributeColumn.Field"/>.</param>
/// <param name="Values">As many, and of the kind, that <see cref="OperatorChoice.Value"/> asks for.</param>
public sealed record AttributeRule(string Field, Operator Operator, Items<Value> Values) : Rule;

/// <summary>
/// A comparison of what a customer bought in a period. Without a transaction in it the count and the sum are 0, and the
/// average and the first and last day are empty.
/// </summary>
public sealed record TransactionRule(Measure Measure, Period Period, Operator Operator, Items<Value> Values) : Rule;

/// <summary>What a customer said about a channel; a customer who said nothing is unknown, not opted out.</summary>
/// <param name="Channel">The channel's key in lower case: email, push, sms, or one of the tenant's own.</param>
public sealed record PreferenceRule(string Channel, Preference Preference) : Rule;

/// <summary>Membership of another target group, by that group's rule as it is now.</summary>
/// <param name="In">False: the customer is not in the group.</param>
public sealed record GroupRule(int GroupId, bool In) : Rule;

/// <summary>What is taken from a customer's transactions.</summary>
public enum Measure
{
    /// <summary>How many.</summary>
    Count,
    /// <summary>The amounts together.</summary>
    Sum,
    /// <summary>The amounts' mean.</summary>
    Average,
    /// <summary>The day of the latest.</summary>
    Last,
    /// <summary>The day of the earliest.</summary>
    First,
}

/// <summary>What is known of a customer's wish about a channel.</summary>
public enum Preference
{
    /// <summary>Said yes.</summary>
    OptedIn,
    /// <summary>Said no.</summary>
    OptedOut,
    /// <summary>Said nothing.</summary>
    Unknown,
}

/// <summary>The days whose transactions count; days are those of the tenant's time zone.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Ever), "ever")]
[JsonDerivedType(typeof(LastDays), "lastDays")]
[JsonDerivedType(typeof(BetweenDays), "between")]
public abstract record Period;

/// <summary>All transactions.</summary>
public sealed record Ever : Period;

/// <summary>From <paramref name="Days"/> days before the data date to the data date, both included.</summary>
public sealed record LastDays(int Days) : Period;

/// <summary>From one day to another, both included.</summary>
public sealed record BetweenDays(DayValue From, DayValue To) : Period;
