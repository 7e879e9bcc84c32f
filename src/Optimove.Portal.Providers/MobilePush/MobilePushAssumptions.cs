namespace Optimove.Portal.Providers.MobilePush;

/// <summary>
/// What Salesforce's public documentation does not say and the product therefore assumes. All of it is here, so that it is put right
/// in one place once somebody knows better.
/// </summary>
internal static class MobilePushAssumptions
{
    /// <summary>The <c>sendInitiator</c> of an API-triggered message: seen on messages made through the API; 3 was seen on a journey's, 0 on a scheduled one.</summary>
    public const int ApiTriggered = 1;

    /// <summary>Calls at once. Salesforce names no number; at the pace below more would gain nothing.</summary>
    public const int Connections = 4;

    /// <summary>The limit of the integration's guide, which Salesforce's own pages do not have; taken to count per account, over all its business units.</summary>
    public static SendPace Pace { get; } = new(250_000, TimeSpan.FromMinutes(30));

    /// <summary>People in a call that sends at once. A call may carry 5,000; where one is refused as a whole its people are tried one by one, which is to come to an end.</summary>
    public const int AtOnce = 500;

    /// <summary>A marketer who writes uk_ instead of UK_ means the same business unit.</summary>
    public const StringComparison Prefixes = StringComparison.OrdinalIgnoreCase;

    /// <summary>A message that names no list to include or leave out goes to whom it is sent: All Users.</summary>
    public static bool AimsAtAllUsers(MessageAnswer message) => message.InclusionLists is null or [] && message.ExclusionLists is null or [];

    /// <summary>What a 403 of the token endpoint means: it knows the client and refuses where it calls from.</summary>
    public const string AddressRefused =
        "Salesforce knows these credentials and does not let our addresses in. Ask the Marketing Cloud administrator to add our IP addresses to the allowlist; nothing is sent until then.";

    /// <summary>The figures of a send that has come to its end; before it, the count may still be on its way.</summary>
    public static bool IsFinished(DeliveryAnswer delivery) =>
        !string.IsNullOrEmpty(delivery.CompleteDate) || string.Equals(delivery.Status?.ToString(), "Finished", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The send time to hand over: none, which means at once, for what is handed over after it, as of a list larger than the pace takes in
    /// the lead. One that passes on the way is taken to mean at once too.
    /// </summary>
    public static DateTimeOffset? SendTime(SendOrder order, DateTimeOffset now) => order.SendAt > now ? order.SendAt : null;

    /// <summary>No call takes an accepted send back; making the message inactive is thought to stop what has not begun.</summary>
    public static string StopByHand(DateTimeOffset sendAt) =>
        $"Whoever wants to try to stop it makes the message inactive in MobilePush before {sendAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC; if nobody does, it goes out.";
}
