using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Analysis;
using Optimove.Portal.Analysis.Export;
using Optimove.Portal.Analysis.Figures;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Tests.Metrics;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Tests.Analysis;

public sealed class ExportTests(MeasuringHouse house) : IClassFixture<MeasuringHouse>
{
    private const string Four = "values ('=cmd|A1', 'send'), ('b', 'send'), ('c', 'control'), ('x', 'excluded')";

    [Fact]
    public async Task Everybody_is_written_with_fate_and_response_and_nothing_that_a_spreadsheet_would_run()
    {
        await house.Database.RunAsync("truncate t1.transactions");
        var o = await SentAsync();
        await house.Database.RunAsync($"insert into t1.recipient_rejections values ({o.Id}, 'b', 'not in the StandIn list')");
        await house.BoughtAsync("values ('=cmd|A1', timestamptz '2026-05-15 12:00Z', 12.5), ('=cmd|A1', '2026-05-16 12:00Z', 0.25), ('x', '2026-05-16 12:00Z', 3)");
        using var file = new MemoryStream();
        await house.AsAsync(MeasuringHouse.First, async s =>
        {
            await s.GetRequiredService<ExportResponses>().RunAsync(o, file, TestContext.Current.CancellationToken);
            return true;
        });
        Assert.Equal(["\uFEFFcustomer_id,fate,reason,responded,value", "'=cmd|A1,accepted,,yes,12.75", "b,rejected,not in the StandIn list,no,0", "c,control,,no,0", "x,excluded,opted out of e-mail,,", ""],
            Encoding.UTF8.GetString(file.ToArray()).Split("\r\n"));
        Assert.Equal(1L, await house.Database.AskAsync<long>("select count(*) from audit_entries where tenant_id = 1 and action = 'responses.exported' and who = 'Sofia Marin'"));
    }

    [Fact]
    public async Task The_figures_have_a_row_a_group_and_leave_out_what_is_not_offered()
    {
        using var text = new StringWriter();
        await new ExportFigures().RunAsync(Results.Of(pulls: [Results.Read(1, 10), Results.Gap(2)]), text);
        var lines = text.ToString().Split("\r\n");
        Assert.Contains("test,36512,2790,0.076413,161768,9000000,57.981362,4.430543", lines);
        Assert.Contains(lines, l => l.StartsWith("control,4021,257,", StringComparison.Ordinal));
        Assert.Contains("1,Read,2026-05-15 05:00,36498,35961,,10,,2,,,,", lines);
        Assert.Contains("2,Gap,,,,,,,,,,,StandIn answered 503.", lines);
    }

    [Fact]
    public async Task The_fingerprint_is_that_of_the_list_and_of_no_other()
    {
        var o = await SentAsync();
        var hash = await house.AsAsync(MeasuringHouse.First, s => s.GetRequiredService<FingerprintList>().RunAsync(o.Id));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("=cmd|A1,send\nb,send\nc,control\nx,excluded\n"u8)), hash);
        Assert.NotEqual(hash, await house.AsAsync(MeasuringHouse.Second, s => s.GetRequiredService<FingerprintList>().RunAsync(o.Id)));
    }

    [Fact]
    public async Task People_are_counted_by_reason_and_a_mailbox_in_both_groups_is_found()
    {
        var o = await SentAsync();
        await house.Database.RunAsync($"insert into t1.recipient_rejections values ({o.Id}, 'b', 'not in the StandIn list'); update t1.recipients set address = 'one@mail.example' where occurrence_id = {o.Id} and customer_id in ('b', 'c')");
        var people = await house.AsAsync(MeasuringHouse.First, s => s.GetRequiredService<CountPeople>().RunAsync(o));
        Assert.Equal([new ReasonCount("opted out of e-mail", 1)], people.Excluded);
        Assert.Equal([new ReasonCount("not in the StandIn list", 1)], people.Rejected);
        Assert.Equal(1, people.SharedMailboxes);
    }

    [Fact]
    public async Task The_list_shows_closed_ones_first_and_is_narrowed_by_name_and_state()
    {
        var closed = await SentAsync("Harvest A_1", o => { o.State = OccurrenceState.Closed; o.ClosedAt = o.SendAt.AddDays(31); });
        var open = await SentAsync("Harvest B", at: "2026-05-20 08:00Z");
        await SentAsync("Harvest, planned", o => o.State = OccurrenceState.Scheduled);
        Assert.Equal([closed.Id, open.Id], await ListAsync("harvest"));
        Assert.Equal([closed.Id], await ListAsync("A_1"));
        Assert.Equal([open.Id], await ListAsync("harvest", "measuring"));
        Assert.Equal([open.Id, closed.Id], await ListAsync("harvest", null, "sort=-sent"));
        Assert.Empty(await house.AsAsync(MeasuringHouse.Second, async s => (await s.GetRequiredService<ResultQueries>().ListAsync("harvest", null, GridQuery.Read("http://x/", ResultQueries.Sortable))).Items));

        var since = await house.AsAsync(MeasuringHouse.First, s => s.GetRequiredService<ResultQueries>().ClosedSinceAsync(closed.SendAt.AddDays(30)));
        Assert.Contains(since, r => r.Occurrence.Id == closed.Id);
        Assert.Empty(await house.AsAsync(MeasuringHouse.First, s => s.GetRequiredService<ResultQueries>().ClosedSinceAsync(closed.SendAt.AddDays(32))));
    }

    private Task<Occurrence> SentAsync(string name = "VIP early access", Action<Occurrence>? change = null, string at = "2026-05-14 08:00Z")
    {
        if (house.Clock.GetUtcNow() < Results.SendAt.AddDays(40)) house.Clock.MoveTo(Results.SendAt.AddDays(40));
        return house.SentAsync(Four, change, name: name, sendAt: at);
    }

    private Task<int[]> ListAsync(string text, string? state = null, string query = "") => house.AsAsync(MeasuringHouse.First, async s =>
        (await s.GetRequiredService<ResultQueries>().ListAsync(text, state, GridQuery.Read($"http://x/?{query}", ResultQueries.Sortable))).Items.Select(r => r.Occurrence.Id).ToArray());
}
