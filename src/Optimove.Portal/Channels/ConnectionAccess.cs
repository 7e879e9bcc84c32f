using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels;

/// <summary>Between a connection's row and what a provider needs: settings in clear and secrets encrypted, together one record.</summary>
public sealed class ConnectionAccess(TenantSecrets secrets, ProviderCatalog catalog)
{
    // A form gives texts; a provider's record may hold whole numbers.
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true, NumberHandling = JsonNumberHandling.AllowReadingFromString };

    /// <exception cref="RefusedException">The secrets cannot be read, or a setting is missing.</exception>
    public (IProvider Provider, ProviderConnection Access) Open(Connection connection)
    {
        var provider = catalog[connection.Provider];
        var all = JsonNode.Parse(connection.Settings)!.AsObject();
        foreach (var (name, value) in Secrets(connection)) all[name] = value;
        return (provider, new(connection.Id, Read(all, provider, connection.Name), connection.TwinAddress is { } twin ? new Uri(twin) : null));
    }

    /// <summary>The settings for a twin: each secret is a made-up one. Of a secret that is a list, the ids in front of the secrets stay.</summary>
    public JsonObject Disguise(Connection connection)
    {
        var all = JsonNode.Parse(connection.Settings)!.AsObject();
        var type = catalog[connection.Provider].Info.SettingsType;
        foreach (var (name, value) in Secrets(connection))
            all[name] = type.GetProperty(name)?.GetCustomAttribute<SettingAttribute>() is { Lines: true } ? string.Join('\n', value.Split('\n').Select(MadeUpLine)) : MadeUp();
        return all;
    }

    private static string MadeUpLine(string line)
    {
        var parts = line.Split(';');
        return string.Join("; ", parts.Select((part, i) => i == 0 && parts.Length > 1 ? part.Trim() : MadeUp()));
    }

    private static string MadeUp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <exception cref="RefusedException">A setting is missing.</exception>
    internal static object Read(JsonObject all, IProvider provider, string name)
    {
        try
        {
            return all.Deserialize(provider.Info.SettingsType, Json)!;
        }
        catch (JsonException)
        {
            throw new RefusedException($"The settings of the connection \"{name}\" are incomplete. Complete them under Channels.");
        }
    }

    /// <summary>The secret settings by name; for use at once, never for showing.</summary>
    internal Dictionary<string, string> Secrets(Connection connection) =>
        connection.Secrets is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(secrets.Unprotect(connection.Secrets))!;

    internal string? Protect(Dictionary<string, string> plain) => plain.Count == 0 ? null : secrets.Protect(JsonSerializer.Serialize(plain));
}
