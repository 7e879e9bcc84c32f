using Optimove.Portal.Providers;

namespace Optimove.Portal.Channels.Connections;

/// <summary>A connection as a person has filled it in. Values by the names of the settings; a secret without a value keeps what is saved.</summary>
public sealed record ConnectionDraft
{
    public const string NameField = "Name";
    private const int LongestName = 120;

    /// <summary>Null for a new connection.</summary>
    public int? Id { get; init; }
    public required string Provider { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyDictionary<string, string?> Values { get; init; }
    /// <summary>For a new connection only: the address of a twin that stands in for the provider (development).</summary>
    public Uri? Twin { get; init; }
    /// <summary>Takes new secrets although the provider does not accept them or could not be asked.</summary>
    public bool Insists { get; init; }

    /// <summary>The value as it is saved; null when there is none.</summary>
    public string? this[SettingField field] => field.Clean(Values.GetValueOrDefault(field.Name));

    /// <summary>Everything that has to be put right before it can be saved: the field's name, its label and what to do.</summary>
    /// <param name="saved">Names of the secrets that are saved already.</param>
    public IReadOnlyList<SettingProblem> Problems(ProviderInfo provider, IReadOnlyCollection<string> saved)
    {
        var problems = new List<SettingProblem>();
        var name = Name.Trim();
        if (name.Length == 0) problems.Add(new(NameField, "Name", "Give the connection a name, so that campaigns can be told apart by it."));
        if (name.Length > LongestName) problems.Add(new(NameField, "Name", $"The name has {name.Length} characters; at most {LongestName} fit."));
        foreach (var field in SettingField.Of(provider).Where(f => !(f.Secret && this[f] is null && saved.Contains(f.Name))))
        {
            if (field.ProblemOf(Values.GetValueOrDefault(field.Name)) is { } sentence) problems.Add(new(field.Name, field.Label, sentence));
        }
        return problems;
    }
}

/// <summary>A field that has to be put right, and how.</summary>
public sealed record SettingProblem(string Field, string Label, string Sentence);

/// <summary>What became of a draft: saved under an id; or, with an objection, nothing was changed and the saved secrets stay in use.</summary>
public sealed record SavedConnection(int? Id, string? Objection);
