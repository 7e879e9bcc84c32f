using Optimove.Portal.Campaigns.Wizard;

namespace Optimove.Portal.Tests.Campaigns.Wizard;

public sealed class PendingSavesTests
{
    private readonly PendingSaves _saves = new();
    private readonly List<string> _saved = [];

    [Fact]
    public async Task Changes_are_saved_one_after_the_other_in_their_order()
    {
        var slow = new TaskCompletionSource();
        var first = SaveAsync("date", slow.Task);
        var second = SaveAsync("time", Task.CompletedTask);
        Assert.Empty(_saved);
        slow.SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal(["date", "time"], _saved);
    }

    [Fact]
    public async Task A_change_is_saved_although_the_one_before_it_failed_and_only_its_own_caller_hears_of_a_failure()
    {
        var first = SaveAsync("date", Task.FromException(new InvalidOperationException("The database is away.")));
        var second = SaveAsync("time", Task.CompletedTask);
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await second;
        Assert.Equal(["time"], _saved);
    }

    [Fact]
    public async Task Who_leaves_waits_for_everything_that_was_asked_for_and_hears_of_no_failure()
    {
        var slow = new TaskCompletionSource();
        var save = SaveAsync("date", slow.Task);
        var left = _saves.SettledAsync();
        Assert.False(left.IsCompleted);
        slow.SetException(new InvalidOperationException("The database is away."));
        await left;
        await Assert.ThrowsAsync<InvalidOperationException>(() => save);
    }

    private Task SaveAsync(string change, Task duration) => _saves.AddAsync(async () =>
    {
        await duration;
        _saved.Add(change);
    });
}
