namespace Optimove.Portal.Ui.Forms;

/// <summary>A field that has to be put right: its label and the id given to its Field.</summary>
public sealed record FieldError(string Label, string FieldId);
