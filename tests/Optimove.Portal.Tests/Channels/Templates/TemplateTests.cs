using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Channels;
using Optimove.Portal.Channels.Templates;
using Optimove.Portal.Twins.MailChimp;
using Optimove.Portal.Twins.Wire;

namespace Optimove.Portal.Tests.Channels.Templates;

public sealed class TemplateTests(ChannelsHouse house) : IClassFixture<ChannelsHouse>
{
    [Fact]
    public async Task A_template_without_a_subject_or_of_no_use_is_listed_and_says_why()
    {
        var (id, _) = await SynchronisedAsync();
        var all = await ListAsync(id);
        Assert.Equal(["Autumn", "Gala", "Spring"], all.Select(t => t.Name));
        Assert.Equal(TemplateUse.NoSubject, all[0].Why);
        Assert.Contains("new builder", all[1].Why);
        await EditAsync(all[0].Id, " Leaves\r\nfall ", "Read on");
        var autumn = (await ListAsync(id))[0];
        Assert.Equal((null, "Leaves fall", "Read on"), (autumn.Why, autumn.Subject, autumn.PreviewText));
    }

    [Fact]
    public async Task Where_the_provider_keeps_the_text_itself_no_subject_is_written_here()
    {
        var (id, _) = await SynchronisedAsync();
        await house.Database.RunAsync($"update connections set provider = 'appboy' where id = {id}");
        var autumn = (await ListAsync(id))[0];
        Assert.Null(autumn.Why);
        Assert.Equal("What a message says is kept in the template at Appboy; change it there.", (await Assert.ThrowsAsync<RefusedException>(() => EditAsync(autumn.Id, "Leaves fall", null))).Message);
    }

    [Fact]
    public async Task A_template_deleted_there_is_gone_and_comes_back_with_its_subject()
    {
        var account = house.Account();
        var summer = new Twins.MailChimp.Templates.MailTemplate { Id = 4, Name = "Summer" };
        account.AddTemplate(summer);
        var (id, _) = await SynchronisedAsync(account);
        await EditAsync((await ListAsync(id)).Single(t => t.Name == "Summer").Id, "Sun", null);

        account.DeleteTemplate(4);
        Assert.Equal(["Summer"], (await SynchroniseAsync(id)).Gone);
        var gone = (await ListAsync(id))[^1];
        Assert.Equal(("Summer", true, "This template was deleted in MailChimp."), (gone.Name, gone.Gone, gone.Why));
        Assert.False((await SynchroniseAsync(id)).Any);

        summer.Active = true;
        Assert.Equal(["Summer"], (await SynchroniseAsync(id)).Back);
        var back = (await ListAsync(id)).Single(t => t.Name == "Summer");
        Assert.Equal((false, null, "Sun"), (back.Gone, back.Why, back.Subject));
    }

    [Fact]
    public async Task A_template_that_is_no_longer_listed_is_gone()
    {
        var (id, account) = await SynchronisedAsync();
        house.Emptied(account);
        var drift = await SynchroniseAsync(id);
        Assert.Equal(3, drift.Gone.Count);
        Assert.All(await ListAsync(id), t => Assert.True(t.Gone));
    }

    [Fact]
    public async Task What_was_added_renamed_or_changed_is_told_and_kept()
    {
        var account = house.Account();
        var (id, _) = await SynchronisedAsync(account);
        var winter = new Twins.MailChimp.Templates.MailTemplate { Id = 5, Name = "Winter" };
        account.AddTemplate(winter);
        Assert.Equal("1 added: Winter.", (await SynchroniseAsync(id)).InWords());
        winter.Name = "Deep winter";
        Assert.Equal("1 renamed: Winter is now Deep winter.", (await SynchroniseAsync(id)).InWords());
        winter.EditedAt = winter.EditedAt.AddDays(1);
        Assert.Equal("1 changed: Deep winter.", (await SynchroniseAsync(id)).InWords());
        var news = await house.InAsync(house.Ours, s => s.GetRequiredService<TemplateQueries>().NewsAsync($"MailChimp {account.Name}"));
        Assert.Equal(["1 changed: Deep winter.", "1 renamed: Winter is now Deep winter.", "1 added: Winter."], news.Select(n => n.Sentence));
    }

    [Fact]
    public async Task When_the_provider_does_not_answer_all_stays_as_it_was()
    {
        var (id, account) = await SynchronisedAsync();
        var before = await ListAsync(id);
        account.DeleteTemplate(1);
        account.Faults.Set(new(FaultKind.ServerError) { Endpoint = "GET /templates" });
        var drift = await SynchroniseAsync(id);
        Assert.Contains("MailChimp had a fault of its own", drift.Failure);
        Assert.Equal(before, await ListAsync(id));
    }

    [Fact]
    public async Task Two_synchronisations_at_once_add_a_template_once()
    {
        var id = await house.ConnectAsync(house.Account());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SynchroniseAsync(id)));
        Assert.Equal(3, (await ListAsync(id)).Count);
    }

    [Fact]
    public async Task A_subject_that_a_scheduled_campaign_needs_is_changed_and_not_taken_away()
    {
        var (id, _) = await SynchronisedAsync();
        var spring = (await ListAsync(id)).Single(t => t.Name == "Spring");
        await EditAsync(spring.Id, "Spring is here", null);
        await house.ScheduleAsync("Spring send", id, spring.Id);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => EditAsync(spring.Id, " ", null));
        Assert.Contains("Spring send", refused.Message);
        await EditAsync(spring.Id, "Spring is really here", null);
        var line = (await ListAsync(id)).Single(t => t.Name == "Spring");
        Assert.Equal(("Spring is really here", 1, 1), (line.Subject, line.Campaigns, line.Waiting));
    }

    [Fact]
    public async Task A_search_finds_names_and_subjects_and_takes_no_pattern()
    {
        var (id, _) = await SynchronisedAsync();
        await EditAsync((await ListAsync(id))[0].Id, "100 % wool", null);
        Assert.Equal(["Autumn"], await FoundAsync(id, "WOOL"));
        Assert.Equal(["Autumn"], await FoundAsync(id, "100 %"));
        Assert.Empty(await FoundAsync(id, "%spring%"));
        Assert.Equal(["Spring"], await FoundAsync(id, "pri"));
    }

    [Fact]
    public async Task A_preview_is_fetched_here_and_tamed()
    {
        var (id, _) = await SynchronisedAsync();
        var page = await PreviewAsync((await ListAsync(id)).Single(t => t.Name == "Spring").Id);
        Assert.StartsWith("<!doctype html><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'", page!.Html);
        Assert.Contains("Spring is here", page.Html);
        Assert.DoesNotContain("127.0.0.1", page.Html);
    }

    [Theory]
    [InlineData("http://10.0.0.1/page", "not on the public internet")]
    [InlineData("http://169.254.169.254/latest/meta-data", "not on the public internet")]
    [InlineData("file:///etc/passwd", "no address of a page")]
    [InlineData("http://127.0.0.1:1/", "could not be reached")]
    public async Task A_preview_page_that_may_not_or_cannot_be_read_says_so(string address, string sentence)
    {
        var (id, _) = await SynchronisedAsync();
        var template = (await ListAsync(id))[0].Id;
        await house.Database.RunAsync($"update templates set preview_url = '{address}' where id = {template}");
        var refused = await Assert.ThrowsAsync<RefusedException>(() => PreviewAsync(template));
        Assert.Contains(sentence, refused.Message);
    }

    [Fact]
    public async Task A_preview_page_of_more_than_2_MB_is_not_read()
    {
        var account = house.Account();
        account.AddTemplate(new() { Id = 9, Name = "Huge", Html = new string('x', (2 << 20) + 1) });
        var (id, _) = await SynchronisedAsync(account);
        var refused = await Assert.ThrowsAsync<RefusedException>(async () => await PreviewAsync((await ListAsync(id)).Single(t => t.Name == "Huge").Id));
        Assert.Contains("larger than 2 MB", refused.Message);
    }

    private async Task<(int Id, MailChimpAccount Account)> SynchronisedAsync(MailChimpAccount? account = null)
    {
        account ??= house.Account();
        var id = await house.ConnectAsync(account);
        Assert.Null((await SynchroniseAsync(id)).Failure);
        return (id, account);
    }

    private Task<TemplateDrift> SynchroniseAsync(int id) => house.InAsync(house.Ours, s => s.GetRequiredService<SyncTemplates>().RunAsync(id));

    private Task<IReadOnlyList<TemplateView>> ListAsync(int id) => house.InAsync(house.Ours, s => s.GetRequiredService<TemplateQueries>().ListAsync(id));

    private async Task<IEnumerable<string>> FoundAsync(int id, string search) =>
        (await house.InAsync(house.Ours, s => s.GetRequiredService<TemplateQueries>().PageAsync(id, search, 0, 25))).Items.Select(t => t.Name);

    private Task EditAsync(int template, string? subject, string? preview) => house.InAsync(house.Ours, s => s.GetRequiredService<EditTemplateSubject>().RunAsync(template, subject, preview));

    private Task<TemplatePage?> PreviewAsync(int template) => house.InAsync(house.Ours, s => s.GetRequiredService<PreviewTemplate>().RunAsync(template));
}
