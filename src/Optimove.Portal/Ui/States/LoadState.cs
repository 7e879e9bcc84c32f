namespace Optimove.Portal.Ui.States;

/// <summary>The states of everything that is loaded.</summary>
public enum LoadState
{
    /// <summary>The first 300 ms: nothing is drawn, so that quick answers do not flicker.</summary>
    Waiting,
    Loading,
    Failed,
    /// <summary>There is no such thing.</summary>
    Missing,
    Empty,
    Content,
}
