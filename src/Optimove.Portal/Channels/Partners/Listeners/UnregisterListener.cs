using Microsoft.EntityFrameworkCore;
using Optimove.Portal.Data;

namespace Optimove.Portal.Channels.Partners.Listeners;

/// <summary>Removes a credential's listener for an event: that of the channel where one is named, else those of all channels. One that is not there is no error.</summary>
public sealed class UnregisterListener(IDbContextFactory<PortalDb> databases, RefreshPartnerChecks checks)
{
    public async Task RunAsync(int credentialId, int eventType, int? channelId, CancellationToken cancellation = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.EventListeners.Where(l => l.CredentialId == credentialId && l.EventType == eventType && (channelId == null || l.ChannelId == channelId)).ExecuteDeleteAsync(cancellation);
        await checks.RunAsync(channelId, cancellation);
    }
}
