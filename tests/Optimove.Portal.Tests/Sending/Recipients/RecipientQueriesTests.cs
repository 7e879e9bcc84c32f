using Npgsql;
using Optimove.Portal.Campaigns;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.Occurrences;
using Optimove.Portal.Sending.Recipients;
using Optimove.Portal.Tests.Campaigns;

namespace Optimove.Portal.Tests.Sending.Recipients;

public sealed class RecipientQueriesTests(CampaignsHouse house) : IClassFixture<CampaignsHouse>
{
    private static bool s_made;

    // Ten customers: two excluded, one control, chunks 1 (accepted, one of it rejected), 2 (unknown), 3 (not begun).
    private async Task<OccurrenceView> ViewAsync()
    {
        if (!s_made)
        {
            var campaign = await house.OccurrenceInAsync(o => (o.State, o.ListedAt, o.Considered, o.Excluded, o.Control) = (OccurrenceState.Incomplete, house.Clock.GetUtcNow(), 10, 2, 1));
            var id = (await house.OccurrenceAsync(campaign))!.Id;
            await house.Database.RunAsync($"""
                create table {house.Tenant.Schema}.recipients_{id} partition of {house.Tenant.Schema}.recipients for values in ({id});
                insert into {house.Tenant.Schema}.recipients (occurrence_id, chunk, reason, customer_id, address)
                select {id}, chunk, reason, customer, address from (values
                  (null, 'no e-mail address', 'A1', null), (null, 'opted out of e-mail', 'A2', 'a2@x.example'), (null, null, 'A3', 'a3@x.example'),
                  (1, null, 'B1', 'b1@x.example'), (1, null, 'B2', 'b2@x.example'), (1, null, 'B3', 'b3@x.example'),
                  (2, null, 'B4', 'b4@x.example'), (2, null, 'B5', 'b5@x.example'), (3, null, 'C1', 'c1@x.example'), (3, null, '=C2', 'c2@x.example')
                ) rows (chunk, reason, customer, address);
                insert into {house.Tenant.Schema}.recipient_rejections values ({id}, 'B2', 'not in the MailChimp list');
                """);
            await house.ChangeAsync(db =>
            {
                db.SendSteps.Add(new() { OccurrenceId = id, Name = "segment", State = StepState.Accepted, StartedAt = house.Clock.GetUtcNow() });
                db.SendSteps.Add(new() { OccurrenceId = id, Name = "members/1", Chunk = 1, Recipients = 3, Rejections = 1, State = StepState.Accepted, StartedAt = house.Clock.GetUtcNow() });
                db.SendSteps.Add(new() { OccurrenceId = id, Name = "members/2", Chunk = 2, Recipients = 2, State = StepState.Unknown, StartedAt = house.Clock.GetUtcNow() });
                return Task.CompletedTask;
            });
            s_made = true;
        }
        var made = await house.ReadAsync(db => Task.FromResult(db.Occurrences.OrderBy(o => o.Id).Select(o => new { o.CampaignId, o.Date }).First()));
        return (await house.DoAsync<OccurrenceQueries, OccurrenceView?>(q => q.GetAsync(made.CampaignId, made.Date)))!;
    }

    private async Task<string[]> IdsAsync(RecipientFilter filter, int skip = 0, int most = 50)
    {
        var view = await ViewAsync();
        return [.. (await house.DoAsync<RecipientQueries, IReadOnlyList<RecipientLine>>(q => q.PageAsync(view.Occurrence.Id, filter, skip, most))).Select(l => l.CustomerId)];
    }

    [Fact]
    public async Task The_sum_closes_while_the_hand_over_runs()
    {
        var o = (await ViewAsync()).Occurrence;
        Assert.Equal((2, 1, 2, 1, 2, 2), (o.Excluded, o.Control, o.Accepted, o.Rejected, o.Unknown, o.StillToGo));
        Assert.Equal(o.Considered, o.Excluded + o.Control + o.Accepted + o.Rejected + o.Unknown + o.StillToGo);
    }

    [Fact]
    public async Task Each_fate_lists_as_many_people_as_it_counts()
    {
        var view = await ViewAsync();
        foreach (var fate in RecipientFate.All) Assert.Equal(view.Count(new(fate)), (await IdsAsync(new(fate))).Length);
        Assert.Equal(view.Occurrence.Considered, (await IdsAsync(new())).Length);
        Assert.Equal(1, view.Count(new(RecipientFate.Excluded, "opted out of e-mail")));
    }

    [Fact]
    public async Task People_are_found_by_fate_reason_and_the_beginning_of_their_id()
    {
        Assert.Equal(["B1", "B3"], await IdsAsync(new(RecipientFate.Accepted)));
        Assert.Equal(["B2"], await IdsAsync(new(RecipientFate.Rejected, "not in the MailChimp list")));
        Assert.Equal(["A2"], await IdsAsync(new(RecipientFate.Excluded, "opted out of e-mail")));
        Assert.Equal(["B4", "B5"], await IdsAsync(new(RecipientFate.Unknown)));
        Assert.Equal(["B1", "B2", "B3", "B4", "B5"], await IdsAsync(new(Customer: "B")));
        Assert.Equal(["B2", "B3"], await IdsAsync(new(Customer: "B"), skip: 1, most: 2));
    }

    [Fact]
    public async Task The_certificate_counts_intents_answers_and_nobody_twice()
    {
        var view = await ViewAsync();
        var c = await house.DoAsync<OccurrenceQueries, Certificate>(q => q.CertificateAsync(view.Occurrence.Id));
        Assert.Equal((7, 5, 2, 1, 2, 2, 0), (c.ToSend, c.Intended, c.Accepted, c.Rejected, c.Unknown, c.Missing, c.Duplicates));
    }
}
