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
    /// <summary>What a marketer picks first, before the templates that belong to it: "app", "app group". Null where templates stand alone.</summary>
    public string? ScopeNoun { get; init; }
    /// <summary>The list is one hand-over: it comes in pieces that all bear the number 1, and the step that carries it carries everybody.</summary>
    public bool WholeList { get; init; }
    /// <summary>Steps whose name begins so tell the provider the send time; once one is accepted, the time stays, and people may have the message.</summary>
    public string TellsTimeBy { get; init; } = "schedule";
    /// <summary>Whether the provider can say what became of a call whose answer was lost. Where it cannot, a person has to look there.</summary>
    public bool CanBeAsked { get; init; } = true;
    /// <summary>A partner's programs serve it through our API: they fetch the list and tell templates and figures, and nobody asks them. Its connections are made with the partner's channel.</summary>
    public bool ServedByPartner { get; init; }
    /// <summary>How fast recipients may be handed over; null where only the number of calls is limited.</summary>
    public SendPace? Pace { get; init; }
    /// <summary>Nothing is handed over earlier than this before the send time, because the provider cannot take it back. Null: as soon as the list is made.</summary>
    public TimeSpan? HandOverLead { get; init; }
    /// <summary>How its API sends to a few named people at once, outside a scheduled hand-over; null where it sends to lists only.</summary>
    public AtOnceSends? AtOnce { get; init; }
    /// <summary>The figures this provider can ever answer; others are shown as "not offered by this provider".</summary>
    public required IReadOnlySet<MetricKind> Metrics { get; init; }
    public required IReadOnlyList<CheckItem> Checklist { get; init; }
}

public enum Channel { Email, Push, Sms, WebPush, InApp, Ads, Other }

/// <summary>By what a provider knows a customer: an attribute by its purpose, our customer id, or the attribute that the connection names (<see cref="IProvider.IdentityOf"/>).</summary>
public enum RecipientIdentity { EmailAddress, ContactKey, ExternalId, Named }

/// <summary>At most so many recipients in any stretch of time that long, over all campaigns and processes of one account.</summary>
public sealed record SendPace(int Recipients, TimeSpan Per);

/// <summary>What one call can carry that sends to named people at once.</summary>
/// <param name="Recipients">Most people in a call.</param>
/// <param name="PersonalValues">Each person's own values go along; otherwise the text is the template's own.</param>
public sealed record AtOnceSends(int Recipients, bool PersonalValues);

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
/// <param name="ReadDataAsync">What the client's last daily data holds; reads a whole table, so only items that ask call it.</param>
public sealed record CheckInput(Func<int, CancellationToken, Task<IReadOnlyList<string>>> SampleIdentitiesAsync, int TemplatesWithSubject, Func<CancellationToken, Task<DataFacts>> ReadDataAsync)
{
    /// <summary>What the partner who serves the connection of this id has told and taken; only for <see cref="ProviderInfo.ServedByPartner"/>.</summary>
    public Func<int, CancellationToken, Task<PartnerFacts>> ReadPartnerAsync { get; init; } = (_, _) => throw new InvalidOperationException("This connection is not served by a partner.");
}

/// <summary>What a partner's programs have told and taken on a channel.</summary>
public sealed record PartnerFacts
{
    /// <summary>Listeners that are told of campaigns on it.</summary>
    public required int Listeners { get; init; }
    /// <summary>When one of them last took a notice.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
    /// <summary>Why the latest notice has not arrived; null when it has, or none was sent.</summary>
    public string? Fault { get; init; }
    /// <summary>Notices that wait to be taken.</summary>
    public int Waiting { get; init; }
    public required int Templates { get; init; }
    public DateTimeOffset? TemplatesAt { get; init; }
    /// <summary>The campaign that was last released to the partner.</summary>
    public ReleasedCampaign? LastCampaign { get; init; }
    /// <summary>The campaign that was last sent.</summary>
    public SentCampaign? LastSent { get; init; }
}

/// <param name="People">How many its list holds to be written to.</param>
/// <param name="Fetched">How many of them the partner has fetched.</param>
public sealed record ReleasedCampaign(string Name, int People, int Fetched, DateTimeOffset? FetchedAt);

/// <param name="DaysPassed">Days since the send day, at most seven.</param>
public sealed record SentCampaign(string Name, int DaysPassed, int DaysWithFigures);

/// <summary>The client's data as a checklist sees it.</summary>
/// <param name="Identity">The attribute by which the provider knows customers; null while the client has none.</param>
/// <param name="WithIdentity">Customers in whom it is filled.</param>
/// <param name="CustomersPerApp">Customers by the app ids of the app-user mapping.</param>
/// <param name="Attributes">The real field names of the client's attributes.</param>
/// <param name="Imported">When customers were last imported; null before the first time.</param>
public sealed record DataFacts(
    long Customers, string? Identity, long WithIdentity, IReadOnlyDictionary<string, long> CustomersPerApp, IReadOnlySet<string> Attributes, DateTimeOffset? Imported);

/// <summary>Marks a property of a settings record: its label, hint, and whether it is secret (stored encrypted, never shown again).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SettingAttribute(string label) : Attribute
{
    public string Label => label;
    public string? Hint { get; init; }
    public string? Example { get; init; }
    public bool Secret { get; init; }
    public bool Optional { get; init; }
    /// <summary>A list, one entry a line; the parts of an entry are separated by semicolons. <see cref="Pattern"/> is for one line.</summary>
    public bool Lines { get; init; }
    /// <summary>Not confirmed by the provider's public documentation: the form says so beside it.</summary>
    public bool Assumed { get; init; }
    /// <summary>A regular expression that the whole value must match.</summary>
    public string? Pattern { get; init; }
    /// <summary>What to write instead, when <see cref="Pattern"/> does not match.</summary>
    public string? PatternSentence { get; init; }
}
