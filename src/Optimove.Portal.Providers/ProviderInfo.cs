namespace Optimove.Portal.Providers;

/// <summary>What the product needs to know of a provider before it talks to it.</summary>
public sealed record ProviderInfo
{
    /// <summary>Stable name in lower case, stored with each connection: <c>mailchimp</c>.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required Channel Channel { get; init; }
    /// <summary>By what the provider knows a recipient.</summary>
    public required RecipientIdentity Identity { get; init; }
    /// <summary>The annotated record that a connection's settings are read into (see <see cref="SettingAttribute"/>).</summary>
    public required Type SettingsType { get; init; }
    /// <summary>Recipients per call.</summary>
    public required int ChunkSize { get; init; }
    /// <summary>Minutes between possible send times, counted from the full hour in UTC; 1 means any minute.</summary>
    public int SendGridMinutes { get; init; } = 1;
    /// <summary>The product keeps a subject line beside each template, because the provider's templates have none.</summary>
    public bool TemplatesNeedSubject { get; init; }
    /// <summary>The figures this provider can ever answer; others are shown as "not offered by this provider".</summary>
    public required IReadOnlySet<MetricKind> Metrics { get; init; }
    public required IReadOnlyList<CheckItem> Checklist { get; init; }
}

public enum Channel { Email, Push, Sms }

public enum RecipientIdentity { EmailAddress, ContactKey, ExternalId }

public enum MetricKind { Sent, Delivered, Bounced, UniqueOpens, TotalOpens, UniqueClicks, TotalClicks, Unsubscribed, Complaints }

/// <summary>Who has to act on a checklist item.</summary>
public enum CheckOwner { Marketer, ClientIt, AppDeveloper, ProviderSupport, CustomerSuccess }

/// <summary>One step of a provider's guide. <paramref name="Ask"/> is the text to send to its owner.</summary>
/// <param name="ByPerson">True when software cannot check it and a person confirms it.</param>
public sealed record CheckItem(string Key, string Title, CheckOwner Owner, string Ask, bool Required = true, bool ByPerson = false);

public enum CheckState { Waiting, Works, Attention, Blocked }

/// <summary>The answer to one checklist item, in a sentence that holds the evidence.</summary>
public sealed record CheckResult(CheckState State, string Sentence)
{
    public static CheckResult Works(string sentence) => new(CheckState.Works, sentence);
    public static CheckResult Attention(string sentence) => new(CheckState.Attention, sentence);
    public static CheckResult Blocked(string sentence) => new(CheckState.Blocked, sentence);
    public static CheckResult Waiting(string sentence) => new(CheckState.Waiting, sentence);
}

/// <summary>What a check may need from the client's own data.</summary>
/// <param name="SampleIdentitiesAsync">Up to n identities (addresses, keys) of the client's customers, drawn at random.</param>
/// <param name="TemplatesWithSubject">How many templates have a subject line in the product.</param>
public sealed record CheckInput(Func<int, CancellationToken, Task<IReadOnlyList<string>>> SampleIdentitiesAsync, int TemplatesWithSubject);

/// <summary>Marks a property of a settings record: its label, hint, and whether it is secret (stored encrypted, never shown again).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string label) : Attribute
{
    public string Label => label;
    public string? Hint { get; init; }
    public string? Example { get; init; }
    public bool Secret { get; init; }
    public bool Optional { get; init; }
    /// <summary>A regular expression that the whole value must match.</summary>
    public string? Pattern { get; init; }
    /// <summary>What to write instead, when <see cref="Pattern"/> does not match.</summary>
    public string? PatternSentence { get; init; }
}
