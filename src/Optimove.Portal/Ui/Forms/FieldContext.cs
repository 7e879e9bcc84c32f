namespace Optimove.Portal.Ui.Forms;

/// <summary>What a control takes from its field. An input, RadzenTextBox, RadzenTextArea: spread <see cref="Attributes"/>. RadzenNumeric and
/// RadzenDatePicker, which wrap an input: Name is <see cref="Id"/>, InputAttributes are <see cref="Attributes"/>. RadzenDropDown, which has
/// none: spread <see cref="Labelled"/>.</summary>
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
