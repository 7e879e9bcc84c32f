namespace Optimove.Portal.Tenancy;

/// <summary>
/// For how long a process goes by what it read about who may call, so that thousands of calls a second do not ask thousands of times. Whoever takes
/// a right away waits, after the commit, until that is over, and only then says that it is done: a call that comes later is refused by every replica.
/// </summary>
internal static class RightsMemory
{
    /// <summary>Counted from before the reading, by a clock that nobody sets.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMilliseconds(100);
    // Timers and clocks of two machines do not agree to the millisecond.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(25);

    /// <summary>Ends when no process goes by what it read before this began.</summary>
    public static Task WaitUntilForgottenAsync() => Task.Delay(Life + Margin);
}
