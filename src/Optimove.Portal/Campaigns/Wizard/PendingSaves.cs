namespace Optimove.Portal.Campaigns.Wizard;

/// <summary>Saves one change after the other, in the order in which they were made. A change that waits is saved also when the page was left meanwhile.</summary>
public sealed class PendingSaves
{
    private const ConfigureAwaitOptions WhateverBecameOfIt = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    private Task _last = Task.CompletedTask;

    /// <summary>Saves as soon as what was asked for before is done with.</summary>
    public Task AddAsync(Func<Task> save) => _last = SaveAfterAsync(_last, save);

    /// <summary>Ends when every change so far is saved or was refused; never throws.</summary>
    public async Task SettledAsync() => await _last.ConfigureAwait(WhateverBecameOfIt);

    private static async Task SaveAfterAsync(Task previous, Func<Task> save)
    {
        await previous.ConfigureAwait(WhateverBecameOfIt);
        await save();
    }
}
