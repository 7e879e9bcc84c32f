using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels.Connections;

/// <summary>A connection as its page shows it: settings that are not secret, and only that and since when secrets are saved.</summary>
public sealed record ConnectionView
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required ProviderInfo Provider { get; init; }
    public required IReadOnlyDictionary<string, string?> Settings { get; init; }
    /// <summary>Names of the secrets that are saved; never their values.</summary>
    public required IReadOnlyCollection<string> SavedSecrets { get; init; }
    public DateTimeOffset? SecretsSavedAt { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public Uri? Twin { get; init; }
    public DateTimeOffset? CheckedAt { get; init; }
    public DateTimeOffset? TemplatesAt { get; init; }
    public required ChecklistState Checklist { get; init; }
    public required int Templates { get; init; }
    public required int UsableTemplates { get; init; }

    /// <summary>Each setting with what may be shown of it: its value, or of a secret only whether it is saved.</summary>
    public IEnumerable<(SettingField Field, string Value)> ReadableSettings => SettingField.Of(Provider).Select(f =>
        (f, f.Secret ? SavedSecrets.Contains(f.Name) ? "Saved, hidden" : "Missing" : Settings.GetValueOrDefault(f.Name) ?? "None"));
}

/// <summary>A campaign that needs a connection; <paramref name="Sent"/> when only its delivery figures are still to come.</summary>
public sealed record ConnectionUse(string Campaign, bool Sent);
