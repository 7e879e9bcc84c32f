namespace Optimove.Portal.Ui;

/// <summary>How much of a moment is written out.</summary>
public enum WhenStyle { Full, Time, Short }
