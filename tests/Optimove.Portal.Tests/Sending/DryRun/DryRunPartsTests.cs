using Bunit;
using Optimove.Portal.Providers;
using Optimove.Portal.Sending.DryRun;
using Optimove.Portal.Tests.Ui;
using Optimove.Portal.Twins.StandIns;
using Optimove.Portal.Ui.Grids;

namespace Optimove.Portal.Tests.Sending.DryRun;

public sealed class DryRunPartsTests : UiContext
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly DateTimeOffset SendAt = new(2026, 6, 18, 8, 0, 0, TimeSpan.Zero);

    private static DryRunReport Report(int accepted = 880, string? stopped = null, SendForecast? forecast = null) => new()
    {
        Provider = "MailChimp", Channel = Channel.Email, Began = SendAt.AddHours(-8), Ended = SendAt.AddHours(-8).AddSeconds(4), SendAt = SendAt, Took = TimeSpan.FromSeconds(1),
        OwnList = false, DataDate = new(2026, 6, 17), List = new(1_000, 10, 100), ControlShare = 0.1m, Exclusions = [new("no e-mail address", 7), new("opted out of e-mail", 3)],
        Accepted = accepted, Unknown = 0, Rejections = [new("not in the MailChimp list", 10)], RejectedPeople = [new("C-7", "c7@mail.example", "not in the MailChimp list")], Stopped = stopped,
        Calls = new(2, [Call(1, "GET", 404, 0), Call(2, "POST", 200, 890)], 890, 2_048, 1), Arrivals = [new(SendAt, "Spring: Hello", "list abc", accepted, ["c1@mail.example"])], Forecast = forecast,
    };

    private static RecordedCall Call(int number, string method, int status, int people) => new()
    {
        Number = number, At = SendAt.AddHours(-8), Method = method, Path = "/3.0/lists/abc/segments", Status = status, Size = people * 2, People = people, Authorization = "Basic ••••••••",
        Step = people > 0 ? "members/1" : null, Request = people > 0 ? new("{\"members_to_add\":[", 17_000) : BodyText.None, Response = new("{}", 0),
    };

    [Fact]
    public void The_verdict_says_how_many_when_and_what_it_cannot_prove()
    {
        var text = Render<DryRunVerdict>(p => p.Add(v => v.Report, Report()).Add(v => v.Zone, Paris)).Find(".alert").TextContent;

        Assert.Contains("880 people of 890 would be handed over, in 2 calls. It would arrive at 10:00 Europe/Paris = 08:00 UTC.", text, StringComparison.Ordinal);
        Assert.Contains("it cannot prove that MailChimp lets these credentials in or knows these people", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hand_over_that_stops_says_why_first()
    {
        var alert = Render<DryRunVerdict>(p => p.Add(v => v.Report, Report(0, "MailChimp sends at quarter hours only.") with { Arrivals = [] }).Add(v => v.Zone, Paris)).Find(".alert");

        Assert.Contains("bad", alert.ClassName, StringComparison.Ordinal);
        Assert.Contains("The hand-over would stop after 2 calls, and nobody would get the message.", alert.TextContent, StringComparison.Ordinal);
        Assert.Contains("MailChimp sends at quarter hours only.", alert.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sum_closes_with_every_remainder_named()
    {
        var card = Render<DryRunSum>(p => p.Add(v => v.Report, Report(800)));

        Assert.Equal("0", card.Find(".o-fall.rest .figure").TextContent);
        Assert.Contains("1,000 considered = 10 excluded + 100 control + 800 accepted + 10 rejected + 0 without an answer + 80 not handed over.", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_request_shows_its_answer_and_its_people_and_can_be_opened()
    {
        var table = Render<DryRunCalls>(p => p.Add(v => v.Report, Report()).Add(v => v.Zone, Paris).Add(v => v.Asked, new GridQuery("", false, 1, 25)).Add(v => v.Address, n => $"?call={n}"));

        var rows = table.FindAll("tbody tr");
        Assert.Equal(2, rows.Count);
        Assert.Contains("404", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("?call=2", rows[1].QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("890", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("members/1", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_request_says_how_much_of_its_body_is_left_out()
    {
        var call = Render<DryRunCall>(p => p.Add(v => v.Call, Call(2, "POST", 200, 890)).Add(v => v.Zone, Paris).Add(v => v.Close, "?"));

        Assert.Contains("17,000 characters left out.", call.Markup, StringComparison.Ordinal);
        Assert.Contains("Basic ••••••••", call.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_rejected_is_named_with_the_reason()
    {
        var row = Render<DryRunRejected>(p => p.Add(v => v.Report, Report()).Add(v => v.Tenant, "shop")).Find("tbody tr");

        Assert.Equal("/shop/customers/C-7", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("not in the MailChimp list", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_larger_than_the_pace_says_when_the_last_one_gets_it()
    {
        var forecast = new SendForecast(new(250_000, TimeSpan.FromMinutes(30)), 500_000, SendAt, TimeSpan.FromMinutes(30));
        var card = Render<DryRunArrivals>(p => p.Add(v => v.Report, Report(forecast: forecast)).Add(v => v.Zone, Paris));

        Assert.Contains("the last person gets it at 10:30 Europe/Paris", card.Find(".alert").TextContent, StringComparison.Ordinal);
    }
}
