namespace Optimove.Portal.Ui.Forms;

/// <summary>Where a draft that saves itself stands.</summary>
public enum Saving { Untouched, Running, Saved, Failed }
