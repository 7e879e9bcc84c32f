namespace Optimove.Portal.Shell;

/// <summary>Counts what waits for a person in the entered client. Every stage that has such things registers one; the menu shows their sum.</summary>
public delegate Task<int> NeedsYou(CancellationToken cancellation);
