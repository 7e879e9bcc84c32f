using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Channels.Partners.Events;
using Optimove.Portal.Data;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Tenancy;
using Optimove.Portal.Tests.Sending.Faults;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Channels.Partners.Events;

/// <summary>The portal is killed (SIGKILL) while its listener thinks about a notice and right after it took one, and started again.</summary>
public sealed class KilledDeliveryTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Points = 40, Notices = 400;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Whenever_the_portal_is_killed_every_notice_arrives_at_least_once_and_in_its_order()
    {
        await using var world = await SendingWorld.CreateAsync(database, 10);
        await using var receiver = await Receiver.StartAsync();
        var listener = await ListenAsync(world, receiver.At("/killed"));
        await TellAsync(world, listener);
        var arrived = new ConcurrentQueue<int>();
        var killed = 0;
        PortalChild? portal = null;
        var struck = new SemaphoreSlim(0);
        // One of the first arrivals in each life of the portal is its last: in half of the lives before the answer, in half of them after it.
        var inThisLife = 0;
        void Strike()
        {
            portal!.Kill();
            killed++;
            struck.Release();
        }
        receiver.Answers = got =>
        {
            arrived.Enqueue(System.Text.Json.JsonDocument.Parse(got.Body).RootElement.GetProperty("CampaignID").GetInt32());
            if (++inThisLife == 5 + killed % 7 && killed < Points && killed % 2 == 0) Strike();
            return Task.FromResult(200);
        };
        receiver.Answered = _ =>
        {
            if (inThisLife == 5 + killed % 7 && killed < Points && killed % 2 == 1) Strike();
        };
        try
        {
            for (var life = 0; life <= Points; life++)
            {
                inThisLife = 0;
                portal = PortalChild.Start(database.Options, ("Events__Lease", "00:00:01"));
                if (life < Points) Assert.True(await struck.WaitAsync(Deadline, TestContext.Current.CancellationToken), $"Nothing came in life {life}:\n{portal.Said}");
                else await Eventually.Async(async () => await OpenAsync(world) == 0, Deadline, "everything to be taken");
                portal.Dispose();
                portal = null;
            }
        }
        finally
        {
            portal?.Dispose();
        }
        Assert.Equal(Points, killed);
        Assert.Equal(Enumerable.Range(1, Notices), arrived.Distinct());
        Assert.Equal(Notices, await AskAsync(world, db => db.EventDeliveries.CountAsync(d => d.DeliveredAt != null && d.GivenUpAt == null)));
    }

    private static Task<int> OpenAsync(SendingWorld world) => AskAsync(world, db => db.EventDeliveries.CountAsync(d => d.NextTryAt != null));

    private static Task<T> AskAsync<T>(SendingWorld world, Func<PortalDb, Task<T>> ask) => world.InTenantAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        return await ask(db);
    });

    private static Task<int> ListenAsync(SendingWorld world, Uri address) => world.InTenantAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var credential = db.ApiCredentials.Add(new()
        {
            Kind = CredentialKind.Client, Name = "Listener", UserName = "listener", PasswordHash = "", KeyPrefix = "", SigningKey = s.GetRequiredService<TenantSecrets>().Protect("key"), ChannelIds = [], Fields = [],
            CreatedBy = "test", CreatedAt = now,
        }).Entity;
        await db.SaveChangesAsync();
        var listener = db.EventListeners.Add(new EventListener { CredentialId = credential.Id, EventType = EventNews.ChannelExecuted, Url = address.ToString(), RegisteredAt = now }).Entity;
        await db.SaveChangesAsync();
        return listener.Id;
    });

    private static Task<int> TellAsync(SendingWorld world, int listener) => AskAsync(world, async db =>
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var number in Enumerable.Range(1, Notices))
        {
            db.EventDeliveries.Add(new() { ListenerId = listener, EventType = EventNews.ChannelExecuted, Body = new EventNews(EventNews.ChannelExecuted, number, 1).Body(now), CreatedAt = now, NextTryAt = now });
            await db.SaveChangesAsync();
        }
        return Notices;
    });
}
