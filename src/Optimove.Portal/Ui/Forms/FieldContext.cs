namespace Optimove.Portal.Ui.Forms;

/// <summary>What a control takes from its field: spread <see cref="Attributes"/> on an input, or hand it to InputAttributes of a
/// Radzen control that wraps one.</summary>
public sealed record FieldContext(string Id, string LabelId, string? DescribedBy, bool Invalid)
{
    /// <summary>For an element that a label can name: id, aria-describedby, aria-invalid.</summary>
    public IReadOnlyDictionary<string, object> Attributes => Described(new() { ["id"] = Id });

    /// <summary>For an element that a label cannot name, such as a drop-down made of a div: the same and aria-labelledby.</summary>
    public IReadOnlyDictionary<string, object> Labelled => Described(new() { ["id"] = Id, ["aria-labelledby"] = LabelId });

    private Dictionary<string, object> Described(Dictionary<string, object> attributes)
    {
        if (DescribedBy is not null)
            attributes["aria-describedby"] = DescribedBy;
        if (Invalid)
            attributes["aria-invalid"] = "true";
        return attributes;
    }
}
