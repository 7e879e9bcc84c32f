using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Partners;
using Optimove.Portal.Channels.Partners.Events;
using Optimove.Portal.Data;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Sending.Executions;
using Optimove.Portal.Sending.Nights;
using Optimove.Portal.Sending.Running;
using Optimove.Portal.Tests.Sending.Faults;
using Optimove.Portal.Tests.Testing;

namespace Optimove.Portal.Tests.Sending.Running;

/// <summary>A campaign through a partner's channel, and what listeners are told of it.</summary>
public sealed class PartnerCampaignTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const int Channel = 505, Another = 506;

    private async Task<SendingWorld> WorldAsync(string slug, params (int Type, int? Channel)[] listeners)
    {
        var world = await SendingWorld.CreateAsync(database, 40, slug: slug, outside: Outside.Partner);
        await InAsync(world, async (s, db) =>
        {
            var connection = await db.Connections.SingleAsync();
            var now = TimeProvider.System.GetUtcNow();
            db.PartnerChannels.Add(new() { ChannelId = Channel, Name = "Texts", Kind = Providers.Channel.Sms, ConnectionId = connection.Id, Tags = [], ExcludedTags = [], ExcludedParameters = [], CreatedAt = now });
            var credential = db.ApiCredentials.Add(new() { Kind = CredentialKind.Client, Name = "Program", UserName = slug, PasswordHash = "", KeyPrefix = "", SigningKey = "", ChannelIds = [], Fields = [], CreatedBy = "test", CreatedAt = now }).Entity;
            await db.SaveChangesAsync();
            foreach (var (type, channel) in listeners) db.EventListeners.Add(new EventListener { CredentialId = credential.Id, EventType = type, ChannelId = channel, Url = $"https://partner.example/{type}", RegisteredAt = now });
            await db.SaveChangesAsync();
            await s.GetRequiredService<CheckConnection>().RunAsync(connection.Id);
        });
        return world;
    }

    private static Task<bool> InAsync(SendingWorld world, Func<IServiceProvider, PortalDb, Task> work) => world.InTenantAsync(async s =>
    {
        await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        await work(s, db);
        return true;
    });

    private static Task AdvanceAsync(SendingWorld world) => InAsync(world, (s, _) => s.GetRequiredService<AdvanceOccurrences>().RunAsync(TestContext.Current.CancellationToken));

    /// <summary>The bodies of the notices, without their times.</summary>
    private static async Task<string[]> ToldAsync(SendingWorld world)
    {
        string[] told = [];
        await InAsync(world, async (_, db) => told = await db.EventDeliveries.OrderBy(d => d.Id).Select(d => d.Body).ToArrayAsync());
        return [.. told.Select(t => System.Text.RegularExpressions.Regex.Replace(t, "\"TimeStamp\":\"[0-9: -]{19}\",?", ""))];
    }

    [Fact]
    public async Task Once_its_list_is_ready_the_listeners_of_its_channel_are_told_once_and_the_list_can_be_fetched()
    {
        await using var world = await WorldAsync("ready", (13, Channel), (13, null), (13, Another), (1, null), (4, null));
        var id = await world.AddCampaignAsync();
        await AdvanceAsync(world);
        await AdvanceAsync(world);

        var o = await world.OccurrenceAsync(id);
        Assert.Equal((OccurrenceState.HandedOver, o.ToSend, 0), (o.State, o.Accepted, o.StillToGo));
        Assert.True(o is { ToSend: > 20, Control: > 0 });
        Assert.Equal([$$"""{"EventTypeID":13,"CampaignID":{{id}},"ChannelID":505}""", $$"""{"EventTypeID":13,"CampaignID":{{id}},"ChannelID":505}""", $$"""{"EventTypeID":1,"CampaignID":{{id}}}"""], await ToldAsync(world));
        await InAsync(world, async (s, _) =>
        {
            var execution = await s.GetRequiredService<ExecutionQueries>().FindAsync(id, default);
            Assert.Equal((Channel, 1700000000000123L, true), (execution!.ChannelId, execution.TemplateNumber, execution.IsExecuted));
        });
    }

    [Fact]
    public async Task A_cancellation_is_told_to_those_who_listen_for_it_and_the_list_can_no_longer_be_fetched()
    {
        await using var world = await WorldAsync("cancelled", (13, Channel), (4, null));
        var id = await world.AddCampaignAsync();
        await AdvanceAsync(world);
        await InAsync(world, (_, db) => db.Occurrences.Where(o => o.Id == id).ExecuteUpdateAsync(u => u.SetProperty(o => o.CancelledAt, TimeProvider.System.GetUtcNow()).SetProperty(o => o.CancelledBy, "Sofia")));
        await AdvanceAsync(world);

        var o = await world.OccurrenceAsync(id);
        Assert.Equal(OccurrenceState.Cancelled, o.State);
        Assert.Contains("ask the partner to confirm", o.Sentence, StringComparison.Ordinal);
        Assert.Equal($$"""{"EventTypeID":4,"CampaignID":{{id}}}""", (await ToldAsync(world))[^1]);
        await InAsync(world, async (s, _) => Assert.False((await s.GetRequiredService<ExecutionQueries>().FindAsync(id, default))!.IsExecuted));
    }

    [Fact]
    public async Task A_template_that_the_partner_deletes_holds_the_campaign_and_says_so_once()
    {
        await using var world = await WorldAsync("held", (13, Channel), (5, null));
        var id = await world.AddCampaignAsync();
        await InAsync(world, (s, _) => s.GetRequiredService<Optimove.Portal.Channels.Partners.Templates.DeleteChannelTemplates>().RunAsync([(Channel, 1700000000000123)]));
        await AdvanceAsync(world);
        await InAsync(world, (_, db) => db.Occurrences.Where(o => o.Id == id).ExecuteUpdateAsync(u => u.SetProperty(o => o.RetryAt, (DateTimeOffset?)null)));
        await AdvanceAsync(world);

        var o = await world.OccurrenceAsync(id);
        Assert.Equal(OccurrenceState.Held, o.State);
        Assert.Contains("has not added any template", o.Sentence, StringComparison.Ordinal);
        var by = (o.SendAt + StartWindow.Length).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal([$$"""{"EventTypeID":5,"CampaignID":{{id}},"ClearanceRequiredBy":"{{by}}"}"""], await ToldAsync(world));
    }

    [Fact]
    public async Task A_campaign_that_nobody_would_be_told_of_is_held_until_a_listener_is_registered()
    {
        await using var world = await WorldAsync("deaf", (13, Another));
        var id = await world.AddCampaignAsync();
        await AdvanceAsync(world);
        Assert.Contains("No listener is registered", (await world.OccurrenceAsync(id)).Sentence, StringComparison.Ordinal);
        await InAsync(world, async (s, db) =>
        {
            var credential = await db.ApiCredentials.Select(c => c.Id).SingleAsync();
            await s.GetRequiredService<Optimove.Portal.Channels.Partners.Listeners.RegisterListener>().RunAsync(credential, 13, Channel, "https://partner.example/13");
            await db.Occurrences.Where(o => o.Id == id).ExecuteUpdateAsync(u => u.SetProperty(o => o.RetryAt, (DateTimeOffset?)null));
        });
        await AdvanceAsync(world);
        Assert.Equal(OccurrenceState.HandedOver, (await world.OccurrenceAsync(id)).State);
    }

    [Fact]
    public async Task The_days_data_and_the_end_of_its_campaigns_are_each_told_once()
    {
        await using var world = await WorldAsync("night", (13, Channel), (2, null), (3, null));
        var id = await world.AddCampaignAsync();
        async Task TellAsync() => await InAsync(world, (s, _) => s.GetRequiredService<TellOfNight>().RunAsync());
        await InAsync(world, async (_, db) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            db.Nights.Add(new() { Date = world.Tenant.DayOf(now), State = NightState.Running, StartedAt = now });
            await db.Occurrences.ExecuteUpdateAsync(u => u.SetProperty(o => o.Date, world.Tenant.DayOf(now)));
            await db.SaveChangesAsync();
        });
        await TellAsync();
        Assert.Empty(await ToldAsync(world));
        await InAsync(world, (_, db) => db.Nights.ExecuteUpdateAsync(u => u.SetProperty(n => n.ImportedAt, TimeProvider.System.GetUtcNow())));
        await TellAsync();
        await TellAsync();
        Assert.Equal(["""{"EventTypeID":3,}"""], await ToldAsync(world));
        await AdvanceAsync(world);
        Assert.Equal(OccurrenceState.HandedOver, (await world.OccurrenceAsync(id)).State);
        await TellAsync();
        await TellAsync();
        Assert.Equal("""{"EventTypeID":2,}""", Assert.Single(await ToldAsync(world), t => t.Contains("\"EventTypeID\":2,", StringComparison.Ordinal)));
    }
}
