using System.Globalization;
using Optimove.Portal.Targeting;

namespace Optimove.Portal.Sending.Triggers.Ingestion;

/// <summary>Checks an event against its definition and the clock; each no is a <see cref="RefusedException"/> that names the field.</summary>
internal static class EventCheck
{
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(24), Earliest = TimeSpan.FromMinutes(5);
    private const int LongestText = 1000;
    private const decimal BeyondDecimal = 1_000_000_000_000_000m;
    private static readonly string[] Times = ["yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    /// <param name="where">Which of several events it is, as words that a sentence can end with.</param>
    public static ReportedEvent Check(EventInput input, TriggerWorld world, DateTimeOffset now, string where)
    {
        if (!world.Events.TryGetValue(input.EventType, out var kind)) throw new RefusedException($"EventType \"{input.EventType}\" is not defined{where}.");
        if (ReadTime(input.TimeStamp) is not { } at) throw new RefusedException($"TimeStamp must be ISO 8601 or yyyy-MM-dd HH:mm:ss{where}.");
        if (at < now - Oldest) throw new RefusedException($"TimeStamp lies more than 24 hours in the past{where}.");
        if (at > now + Earliest) throw new RefusedException($"TimeStamp lies more than 5 minutes in the future{where}.");
        if (input.Parameters.Keys.FirstOrDefault(k => !kind.Parameters.ContainsKey(k)) is { } unknown) throw new RefusedException($"{kind.Name} has no parameter \"{unknown}\"{where}.");
        var facts = new Dictionary<string, object?>(input.Parameters.Count);
        foreach (var (name, value) in input.Parameters)
        {
            var parameter = kind.Parameters[name];
            facts[parameter.Field] = value is null ? null : Value(parameter, value) ?? throw new RefusedException($"{parameter.Name} must be {InWords(parameter.Type)}{where}.");
        }
        return new(input.EventId, kind, input.CustomerId, at.UtcDateTime, EventJson.Write(kind, facts));
    }

    internal static DateTimeOffset? ReadTime(string text) =>
        DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year is >= 1900 and <= 2199 ? at.ToUniversalTime() : null;

    private static object? Value(EventParameter parameter, object value) => (parameter.Type, value) switch
    {
        (AttributeType.Text, string text) => text.Length <= LongestText ? text : null,
        (AttributeType.Integer, decimal number) => number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue ? (int)number : null,
        (AttributeType.Decimal, decimal number) => Math.Abs(number) < BeyondDecimal ? Math.Round(number, 4) : null,
        (AttributeType.Boolean, bool yes) => yes,
        (AttributeType.Timestamp, string text) => ReadTime(text)?.UtcDateTime,
        _ => null,
    };

    private static string InWords(AttributeType type) => type switch
    {
        AttributeType.Text => "a text of at most 1,000 characters",
        AttributeType.Integer => "a whole number of 32 bits",
        AttributeType.Decimal => "a number with at most 15 digits before the point",
        AttributeType.Boolean => "true or false",
        _ => "a time, as ISO 8601 or yyyy-MM-dd HH:mm:ss",
    };
}
