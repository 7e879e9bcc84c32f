namespace Optimove.Portal.Channels.Partners.Events;

/// <summary>How notices to listeners are posted; section <c>Events</c> of the configuration.</summary>
public sealed class EventOptions
{
    /// <summary>How long a claim on a listener holds without being renewed: after a process dies, another goes on within this time. Longer than a notice may take.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(40);
}
