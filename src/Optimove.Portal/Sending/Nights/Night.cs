using Optimove.Portal.Customers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Sending.Nights;

/// <summary>One tenant's night: import, group sizes, lists and pushes of a date. At most one for a tenant and a date.</summary>
public sealed class Night : ITenantOwned
{
    public int Id { get; set; }
    public int TenantId { get; set; }
    /// <summary>The day that begins with this night, in the tenant's zone.</summary>
    public DateOnly Date { get; set; }
    public NightState State { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? ImportedAt { get; set; }
    public DateTimeOffset? GroupsAt { get; set; }
    public DateTimeOffset? TemplatesAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
    /// <summary>When listeners were told that the data is in, and that none of the day's campaigns is left to process.</summary>
    public DateTimeOffset? DataToldAt { get; set; }
    public DateTimeOffset? ProcessedToldAt { get; set; }
    public int GroupsCounted { get; set; }
    public string? Sentence { get; set; }
    /// <summary>A person's answer when the data is missing or abnormal.</summary>
    public ImportDecision Decision { get; set; }
    public string? DecidedBy { get; set; }
    public string? DecisionNote { get; set; }
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
}

/// <summary>Held: the data is abnormal or missing and a person decides before lists are made.</summary>
public enum NightState { Running, Held, Done }
