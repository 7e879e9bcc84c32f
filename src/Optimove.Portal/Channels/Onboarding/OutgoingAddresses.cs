using System.Net;

namespace Optimove.Portal.Channels.Onboarding;

/// <summary>
/// The IP addresses from which this installation calls providers, for their allow lists; from <c>Portal:OutgoingAddresses</c>, a list or one
/// text with commas. A single address or a range such as 198.51.100.0/28.
/// </summary>
public sealed class OutgoingAddresses
{
    /// <exception cref="RefusedException">What is configured holds something that is no address.</exception>
    public OutgoingAddresses(IConfiguration configuration)
    {
        var section = configuration.GetSection("Portal:OutgoingAddresses");
        All = [.. section.GetChildren().Select(c => c.Value ?? "").Append(section.Value ?? "").SelectMany(v => v.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (All.FirstOrDefault(a => !IPAddress.TryParse(a, out _) && !IPNetwork.TryParse(a, out _)) is { } wrong)
            throw new RefusedException($"Portal:OutgoingAddresses holds \"{wrong}\", which is no IP address. An operator has to correct the configuration.");
    }

    /// <summary>In the order of the configuration; empty while none are configured.</summary>
    public IReadOnlyList<string> All { get; }
}
