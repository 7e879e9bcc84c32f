namespace Optimove.Portal.Sending;

/// <summary>How occurrences are worked on; section <c>Sending</c> of the configuration.</summary>
public sealed class SendingOptions
{
    /// <summary>How long a claim on an occurrence holds without being renewed: after a process dies, another goes on within this time.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);
    /// <summary>How often due work is looked for.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(5);
    /// <summary>From how many pages of 8 KiB of customers on a list is made in parts, two at the same time.</summary>
    public int PagesInPart { get; set; } = 4096;
}
