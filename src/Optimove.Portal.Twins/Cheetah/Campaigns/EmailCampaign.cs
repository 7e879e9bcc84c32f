using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Optimove.Portal.Twins.Mail;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Twins.Cheetah.Campaigns;

/// <summary>The way of a campaign. One that was launched and never approved stays where it is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CampaignStatus>))]
public enum CampaignStatus { Draft, Calculating, WaitingForApproval, Scheduled, Sending, Sent, Paused }

/// <summary>A campaign, or one that is kept as a template. It has no timer: its status and whom it mailed follow from what was done to it and when.</summary>
public sealed class EmailCampaign
{
    public required long Id { get; init; }
    public required string Name { get; init; }
    public required long FolderId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>The object as it was written.</summary>
    public required JsonObject Body { get; set; }
    public string Eligibility { get; init; } = "AVAILABLE";
    public DateTimeOffset? LaunchedAt { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }
    public DateTimeOffset? PausedAt { get; set; }
    /// <summary>When it was last taken up again before anybody was mailed.</summary>
    public DateTimeOffset? ResumedAt { get; set; }
    /// <summary>Places in the account's table; known once it is launched.</summary>
    public int[]? Audience { get; set; }
    /// <summary>Gone from the API; what it mailed is still known to the twin.</summary>
    public bool Deleted { get; set; }

    [JsonIgnore]
    public long? ImportId => Number(Body["loadAndSendImportId"]);

    [JsonIgnore]
    public long? FilterId => Number(Body["toFilterId"]);

    /// <summary>When it goes out: the moment that its local time means, or at once when that has passed.</summary>
    [JsonIgnore]
    public DateTimeOffset SendAt => new[] { LocalTime.ReadSchedule(Body) ?? DateTimeOffset.MinValue, ApprovedAt ?? DateTimeOffset.MaxValue, ResumedAt ?? DateTimeOffset.MinValue }.Max();

    public CampaignStatus StatusAt(DateTimeOffset now, CheetahSwitches switches)
    {
        if (LaunchedAt is not { } launched) return CampaignStatus.Draft;
        if (PausedAt is not null) return CampaignStatus.Paused;
        if (ApprovedAt is null) return now < launched + switches.CalculationTakes ? CampaignStatus.Calculating : CampaignStatus.WaitingForApproval;
        if (now < SendAt) return CampaignStatus.Scheduled;
        return now < SendAt + switches.SendingTakes ? CampaignStatus.Sending : CampaignStatus.Sent;
    }

    /// <summary>Who has been mailed, or is being mailed. Stopped in the middle, only those whose turn had come.</summary>
    public IEnumerable<string> MailedAt(DateTimeOffset now, CheetahAccount account)
    {
        var until = PausedAt < now ? PausedAt.Value : now;
        if (Audience is null || ApprovedAt is null || until < SendAt) return [];
        var share = PausedAt is null ? 1 : (until - SendAt) / account.Switches.SendingTakes;
        return Audience.Select(place => account.People[place]).Where(identifier => share >= 1 || TurnOf(identifier) < share);
    }

    public Figures? FiguresAt(DateTimeOffset now, CheetahAccount account) =>
        MailedAt(now, account).ToList() is { Count: > 0 } mailed ? Figures.Of($"cheetah/{Id}", mailed, now - SendAt) : null;

    private double TurnOf(string identifier) => StableHash.Of(Encoding.UTF8.GetBytes($"{Id}/{identifier}")) / (double)ulong.MaxValue;

    private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;
}
