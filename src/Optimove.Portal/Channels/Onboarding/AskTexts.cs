using System.Text.RegularExpressions;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Channels.Connections;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Channels.Onboarding;

/// <summary>
/// Fills in what a checklist's texts leave open: <c>{addresses}</c> our outgoing IP addresses, <c>{client}</c> the client's name,
/// <c>{SettingName}</c> the connection's setting of that name. A secret is named and never shown; what is not known says so.
/// </summary>
public sealed partial class AskTexts(OutgoingAddresses addresses, TenantContext tenant)
{
    private const string Addresses = "{addresses}";

    /// <summary>Why a text that names our addresses cannot be sent yet.</summary>
    public const string NoAddresses = "The portal's own IP addresses are not configured, so this text is not ready to send. An operator enters them as Portal:OutgoingAddresses; until then the provider cannot be told whom to let in.";

    /// <param name="settings">By the names of the settings; those of a connection that is still to be made are empty.</param>
    public ChecklistState Fill(ChecklistState checklist, ProviderInfo provider, IReadOnlyDictionary<string, string?> settings)
    {
        var fields = SettingField.Of(provider).ToDictionary(f => f.Name);
        return checklist with { Lines = [.. checklist.Lines.Select(l => l with
        {
            LacksAddresses = addresses.All.Count == 0 && l.Item.Ask.Contains(Addresses, StringComparison.Ordinal),
            Item = l.Item with { Ask = Placeholder().Replace(l.Item.Ask, m => Value(m, fields, settings)) },
        })] };
    }

    private string Value(Match match, Dictionary<string, SettingField> fields, IReadOnlyDictionary<string, string?> settings) => match.Groups[1].Value switch
    {
        "addresses" => addresses.All.Count > 0 ? string.Join(", ", addresses.All) : "(our IP addresses, not configured yet)",
        "client" => tenant.Current.Name,
        var name when fields.TryGetValue(name, out var field) =>
            field.Secret ? $"({field.Label}, kept secret)"
            : settings.GetValueOrDefault(name) is { Length: > 0 } value ? value.ReplaceLineEndings(", ")
            : $"({field.Label}, not entered yet)",
        _ => match.Value,
    };

    [GeneratedRegex(@"\{([A-Za-z][A-Za-z0-9]*)\}")]
    private static partial Regex Placeholder();
}
