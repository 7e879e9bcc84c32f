namespace Optimove.Portal.Shell.Demo;

/// <summary>What a portal in development does by itself; section <c>Demo</c> of the configuration.</summary>
public sealed class DemoOptions
{
    /// <summary>Fill an empty database with the demo clients; on by default where the portal runs a database of its own.</summary>
    public bool Seed { get; set; }
    /// <summary>Customers of the demo shop.</summary>
    public int Customers { get; set; } = 20_000;
    /// <summary>The time of day, where the demo shop is, at which an empty database's demo begins: the clock is moved ahead to it. Unset: the real time.</summary>
    public TimeOnly? BeginsAt { get; set; }
    /// <summary>Port of the provider twins on the loopback address; 0, or a taken port, means any free one.</summary>
    public int TwinPort { get; set; } = 5081;
    /// <summary>Folder for what the twins keep and for the demo shop's files.</summary>
    public string Folder { get; set; } = "";
}
