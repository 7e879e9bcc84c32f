using System.Text.Json.Nodes;

namespace Optimove.Portal.Twins.StandIns;

/// <summary>An account at a twin, made to fit a connection's settings, which takes one hand-over in the provider's place.</summary>
public interface IStandIn
{
    /// <summary>The base address of the account's API.</summary>
    Uri AddressAt(TwinHost host);

    /// <summary>Makes people known to the account as the provider knows its customers. May be called again for more.</summary>
    void AddPeople(IEnumerable<string> identities);

    /// <summary>What goes out when, the earliest first; what still waits for its time is in it.</summary>
    IReadOnlyList<Arrival> Arrivals();
}

/// <summary>What an account has to hold so that one hand-over finds everything that it needs.</summary>
/// <param name="Settings">The connection's settings by name, with the credentials that will be used.</param>
public sealed record StandInOrder(JsonObject Settings, StandInTemplate Template)
{
    /// <summary>A setting; empty where it is not given.</summary>
    internal string this[string name] => Settings[name]?.ToString() ?? "";

    /// <summary>The lines of a setting that is a list, each in its parts.</summary>
    internal IReadOnlyList<string[]> Lines(string name) =>
        [.. this[name].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(';', StringSplitOptions.TrimEntries))];
}

/// <summary>A message as the product knows it.</summary>
/// <param name="ScopeId">The app or app group that it belongs to.</param>
/// <param name="Platform">For whom it is, in words: "iOS and Android".</param>
public sealed record StandInTemplate(string Id, string Name, string? Html = null, string? ScopeId = null, string? Scope = null, string? Platform = null)
{
    /// <summary>The name in the place of a content that the product does not know.</summary>
    internal string Content => string.IsNullOrWhiteSpace(Html) ? $"<p>{System.Net.WebUtility.HtmlEncode(Name)}</p>" : Html;
}

/// <summary>One message that would arrive at some people at one moment.</summary>
/// <param name="Place">The list, app, app group or business unit that they get it through.</param>
/// <param name="First">The first few of them, as the provider knows them.</param>
public sealed record Arrival(DateTimeOffset At, string Message, string? Place, int People, IReadOnlyList<string> First)
{
    internal const int Shown = 5;
}
