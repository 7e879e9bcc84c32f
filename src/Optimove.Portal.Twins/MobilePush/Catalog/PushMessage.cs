using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Optimove.Portal.Twins.MobilePush.Catalog;

/// <summary>A message of a business unit. As made here it is outbound, API-triggered, active and aimed at All Users.</summary>
public sealed class PushMessage
{
    public const int Outbound = 1;
    public const int ApiTriggered = 1;
    public const int Active = 2;

    public required string Id { get; init; }
    public required string Name { get; set; }
    public required string Mid { get; init; }
    public required string AppId { get; init; }
    public string Title { get; init; } = "";
    public string Alert { get; init; } = "";
    /// <summary>1 outbound; 3 and 4 geofence; 5 beacon; 8 inbox.</summary>
    public int MessageType { get; init; } = Outbound;
    public int ContentType { get; init; } = 1;
    /// <summary>1 API-triggered (assumed), 0 scheduled, 3 a journey's.</summary>
    public int SendInitiator { get; init; } = ApiTriggered;
    /// <summary>What the account marks API-triggered messages with.</summary>
    [JsonIgnore]
    public int Mark { get; init; } = ApiTriggered;
    /// <summary>2 active, 1 not.</summary>
    public int Status { get; set; } = Active;
    public IReadOnlyList<string> InclusionLists { get; init; } = [];
    public IReadOnlyList<string> ExclusionLists { get; init; } = [];
    public bool Deleted { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Whether the send call takes it.</summary>
    [JsonIgnore]
    public bool CanBeSent => MessageType == Outbound && SendInitiator == Mark && Status == Active && !Deleted;

    /// <summary>The provider's kind of id: base64 of <c>number:114:0</c> without padding.</summary>
    public static string IdOf(int number) => Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number}:114:0"))).TrimEnd('=');
}
