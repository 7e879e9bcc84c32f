using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Sending.Triggers.Handover;
using Optimove.Portal.Tests.PartnerApi;
using Optimove.Portal.Tests.Sending.Faults;
using Optimove.Portal.Tests.Testing;
using Optimove.Portal.Tests.Ui;
using Optimove.Portal.Twins.Wire;
using Optimove.Portal.Ui.Overlays;
using Radzen;

namespace Optimove.Portal.Tests.Sending.Triggers.Handover;

/// <summary>The card of a campaign's page: what became of the messages, and what a person decides.</summary>
public sealed class HandoverCardTests(ApiHouse house) : UiContext(s => s.AddSingleton(_ => Enter(house)).AddSingleton(p => p.GetRequiredService<Entered>().Scope.GetRequiredService<HandoverQueries>())
    .AddSingleton(p => p.GetRequiredService<Entered>().Scope.GetRequiredService<DecideUnknownSends>())), IClassFixture<ApiHouse>
{
    [Fact]
    public async Task The_card_shows_what_became_of_the_messages_and_only_who_may_edit_decides()
    {
        await using var world = await HandoverWorld.CreateAsync(house, Outside.Appboy);
        var campaign = await world.LiveAsync();
        world.Faults.Set(new(FaultKind.AnswerLost) { Times = 1 });
        await world.ReportAsync("C-40");
        await Eventually.Async(async () => await world.StatesAsync(campaign.Id) == "C-40 unknown", what: "the lost answer");
        await world.ReportAsync("C-41");
        await Eventually.Async(async () => (await world.StatesAsync(campaign.Id)).EndsWith("C-41 accepted", StringComparison.Ordinal), what: "the message");

        var reader = Draw(campaign.Id, mayEdit: false);
        reader.WaitForAssertion(() => Assert.Equal(["0", "1", "0", "1", "0"], Figures(reader)), TimeSpan.FromSeconds(10));
        Assert.Contains("Of 1 message nobody knows whether the provider took it.", reader.Markup);
        Assert.DoesNotContain("Send again", reader.Markup);

        var card = Draw(campaign.Id, mayEdit: true);
        card.WaitForAssertion(() => Assert.Contains("Send again", card.Markup), TimeSpan.FromSeconds(10));
        // Looked up and clicked in one go, so that nothing is drawn in between.
        Task? leaving = null;
        await card.InvokeAsync(() => { leaving = card.FindAll("button").Single(b => b.TextContent.StartsWith("Leave it", StringComparison.Ordinal)).ClickAsync(new()); });
        Services.GetRequiredService<DialogService>().Close(new Confirmed(null));
        await leaving!;
        card.WaitForAssertion(() => Assert.Equal(["0", "1", "0", "0", "1"], Figures(card)), TimeSpan.FromSeconds(10));
        Assert.Contains("Left as it is by marketer person", card.Markup);
        Assert.Equal("C-40 given_up, C-41 accepted", await world.StatesAsync(campaign.Id));
    }

    [Fact]
    public async Task A_reader_may_not_decide()
    {
        await using var scope = await house.App.EnterAsync("reader@acme.example", "acme");
        var refused = await Assert.ThrowsAsync<RefusedException>(() => scope.ServiceProvider.GetRequiredService<DecideUnknownSends>().RunAsync(1, null, again: true, Xunit.TestContext.Current.CancellationToken));
        Assert.Contains("may look", refused.Message);
    }

    // As the marketer, for the renderer's lifetime; the renderer waits for it and must not be waited for.
    private static Entered Enter(ApiHouse house) => new(Task.Run(() => house.App.EnterAsync("marketer@acme.example", "acme")).GetAwaiter().GetResult().ServiceProvider);

    private sealed record Entered(IServiceProvider Scope);

    private IRenderedComponent<HandoverCard> Draw(int campaign, bool mayEdit) =>
        Render<HandoverCard>(p => p.Add(c => c.CampaignId, campaign).Add(c => c.Channel, "Appboy").Add(c => c.Slug, "acme").Add(c => c.Zone, TimeZoneInfo.Utc).Add(c => c.MayEdit, mayEdit));

    private static string[] Figures(IRenderedComponent<HandoverCard> card) => [.. card.FindAll("dl.tiles dd.figure").Select(d => d.TextContent)];
}
