using Optimove.Portal.Targeting;

namespace Optimove.Portal.Customers.Attributes;

/// <summary>An attribute as a person describes it, before it has been checked.</summary>
public sealed record AttributeDraft
{
    public string Field { get; set; } = "";
    public string Name { get; set; } = "";
    public AttributeType Type { get; set; }
    /// <summary>Most characters; of use for texts alone.</summary>
    public int? Length { get; set; } = 100;
    public string? Description { get; set; }
    public bool Personalisation { get; set; }
    public AttributePurpose Purpose { get; set; }
    public bool ByApi { get; set; }
    /// <summary>A value that has been checked for the type.</summary>
    public string? Default { get; set; }

    public static AttributeDraft Of(CustomerAttribute attribute) => new()
    {
        Field = attribute.Field, Name = attribute.Name, Type = attribute.Type, Length = attribute.Length,
        Description = attribute.Description, Personalisation = attribute.Personalisation, Purpose = attribute.Purpose, ByApi = attribute.ByApi, Default = attribute.Default,
    };

    internal CustomerAttribute ToAttribute(DateTimeOffset now) => new()
    {
        Field = Field.Trim(), Name = Name.Trim(), Type = Type, Length = Type == AttributeType.Text ? Length : null,
        Description = Blank(Description), Personalisation = Personalisation, Purpose = Purpose, ByApi = ByApi, Default = Default, CreatedAt = now,
    };

    internal static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What has to be put right about an attribute: the part (a property of the draft) and the remedy.</summary>
public sealed record AttributeProblem(string Part, string Sentence);
