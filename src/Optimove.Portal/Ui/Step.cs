namespace Optimove.Portal.Ui;

/// <summary>One step of a wizard.</summary>
public sealed record Step(string Key, string Title, string Address, StepState State = StepState.Open);

public enum StepState { Open, Done, Faulty }

/// <summary>One part of a page that has several; which one shows is in the address.</summary>
public sealed record Tab(string Title, string Address, bool Current, long? Count = null);

/// <summary>A page above this one.</summary>
public sealed record Crumb(string Title, string Address);
