namespace Optimove.Portal.Channels;

/// <summary>
/// The number under which programs know the channel of a connection: a million and the connection's own, above every number that a partner channel may have,
/// so that no partner's key ever names one.
/// </summary>
public static class ExecutionChannel
{
    private const int First = 1_000_000;

    public static int Of(int connectionId) => First + connectionId;

    /// <returns>The connection of a number; null where the number is a partner channel's.</returns>
    public static int? ConnectionOf(int channelId) => channelId > First ? channelId - First : null;
}
