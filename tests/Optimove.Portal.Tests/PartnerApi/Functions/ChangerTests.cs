using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Customers;
using Optimove.Portal.Customers.Attributes;
using Optimove.Portal.Customers.Import.Runs;
using Optimove.Portal.Data;
using Optimove.Portal.PartnerApi.Credentials;
using Optimove.Portal.Targeting;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Tests.PartnerApi.Functions;

public sealed class ChangerTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Attributes = "/current/customers/GetCustomerAttributeChangers", Groups = "/current/customers/GetTargetGroupChangers";
    private static readonly string[] Rest = ["N-4,plain,4", "N-5,plain,5", "N-6,plain,6", "N-7,plain,7"];
    private static readonly string[] Before = ["customer_id,tier,points", "N-1,gold,1", "N-2,silver,2", "N-3,bronze,3", .. Rest, "N-8,plain,8"];
    private static readonly string[] After = ["customer_id,tier,points", "N-1,gold,1", "N-2,gold,2", "N-3,,3", .. Rest, "N-9,gold,9"];

    private static string Row(string id, string before, string after, string s = "", string more = "") => $$"""{"CustomerID":"{{id}}","InitialCustomerAttribute{{s}}":{{before}},"FinalCustomerAttribute{{s}}":{{after}}{{more}}}""";

    private Task DefineAsync(TenantScope tenant) => house.InAsync(tenant, s => s.GetRequiredService<AddAttributes>().RunAsync(
        [new() { Field = "tier", Name = "Tier", Type = AttributeType.Text, Length = 10 }, new() { Field = "points", Name = "Points", Type = AttributeType.Integer }]));

    [Fact]
    public async Task Attributes_are_compared_between_days_in_the_style_that_is_asked_for()
    {
        await DefineAsync(house.Acme);
        var client = await house.IssueAsync(house.Acme);
        (await house.GetAsync(Attributes + "?ChangedCustomerAttribute=tier", client)).IsRefused(400, "No customers have been loaded yet.");
        var first = house.Day(house.Acme);
        Assert.Equal(ImportState.Done, (await house.ImportAsync(house.Acme, Before)).State);
        house.Clock.Ahead += TimeSpan.FromDays(1);
        var second = house.Day(house.Acme);
        Assert.Equal(ImportState.Done, (await house.ImportAsync(house.Acme, After)).State);
        async Task Is(string query, params string[] rows) => Assert.Equal($"[{string.Join(',', rows)}]", (await house.GetAsync($"{Attributes}?{query}", client)).Body);
        string[] plain = [Row("N-2", "\"silver\"", "\"gold\""), Row("N-3", "\"bronze\"", "null"), Row("N-8", "\"plain\"", "null"), Row("N-9", "null", "\"gold\"")];
        var period = $"StartDate={first}&EndDate={second}";
        await Is("ChangedCustomerAttribute=Tier", plain);
        await Is($"changedcustomerattribute=tier&{period}", [.. plain.Select(r => r.Replace("null", "\"NULL\"", StringComparison.Ordinal))]);
        await Is($"ChangedCustomerAttribute=tier&StartDate={second}&EndDate={second}");
        await Is("ChangedCustomerAttribute=tier&$top=2&$skip=1&CustomerAttributes=points;Tier", Row("N-3", "\"bronze\"", "null", more: ",\"CustomerAttributes\":[\"3\",\"\"]"), Row("N-8", "\"plain\"", "null", more: ",\"CustomerAttributes\":[\"\",\"\"]"));
        await Is($"ChangedCustomerAttributes=tier&{period}&$top=2", Row("N-2", "\"silver\"", "\"gold\"", "s"), Row("N-3", "\"bronze\"", "\"NULL\"", "s"));
        await Is($"ChangedCustomerAttributes=tier;points&{period}&CustomerAttributesDelimiter=,&$top=1", Row("N-2", "\"silver,2\"", "\"gold,2\"", "s"));
        await RefusalsAsync(client, first, second);
        await HeldAndRestoredAsync(client, first, second, plain);
    }

    private async Task RefusalsAsync(IssuedSecrets client, string first, string second)
    {
        foreach (var (query, words) in new[] { ("", "ChangedCustomerAttribute is missing"), ("ChangedCustomerAttribute=tier&StartDate=2024-01-01", "EndDate is missing"), ("ChangedCustomerAttribute=tier;points", "ChangedCustomerAttribute must name one") })
        {
            var answer = await house.GetAsync($"{Attributes}?{query}", client);
            Assert.Equal((400, true), (answer.Status, answer.Body.StartsWith(words, StringComparison.Ordinal)));
        }
        (await house.GetAsync($"{Attributes}?ChangedCustomerAttribute=tier&StartDate={second}&EndDate={first}", client)).IsRefused(400, "must not be after");
        (await house.GetAsync($"{Attributes}?ChangedCustomerAttribute=tier&StartDate=2001-01-01&EndDate={first}", client)).IsRefused(400, $"StartDate 2001-01-01 is outside the days whose customers are kept, which are {first} to {second}.");
        (await house.GetAsync($"{Attributes}?ChangedCustomerAttribute=tier&StartDate={first}&EndDate={house.Day(house.Acme, 1)}", client)).IsRefused(400, "EndDate");
        (await house.GetAsync($"{Attributes}?ChangedCustomerAttribute=nonsense", client)).IsRefused(400, "there is no attribute nonsense");
        (await house.GetAsync($"{Attributes}?ChangedCustomerAttribute=tier", await house.IssueAsync(house.Acme, CredentialKind.Partner, channels: 505))).IsRefused(403, "not allowed to read the attribute tier");
    }

    // A held file describes no day, nor does one that a person refused; a field that is new had no value before.
    private async Task HeldAndRestoredAsync(IssuedSecrets client, string first, string second, string[] plain)
    {
        house.Clock.Ahead += TimeSpan.FromDays(1);
        var held = await house.ImportAsync(house.Acme, "customer_id,tier,points", "N-1,gone,1", "N-2,gone,2");
        Assert.Equal(ImportState.Held, held.State);
        async Task<string> SinceAsync(string day, string field = "tier") => (await house.GetAsync($"{Attributes}?ChangedCustomerAttribute={field}&StartDate={day}&EndDate={house.Day(house.Acme)}", client)).Body.Replace("\"NULL\"", "null", StringComparison.Ordinal);
        Assert.Equal($"[{string.Join(',', plain)}]", await SinceAsync(first));
        Assert.Equal("[]", await SinceAsync(second));
        await house.InAsync(house.Acme, s => s.GetRequiredService<DecideImport>().RunAsync(held.Id, ImportDecision.UsePrevious, "Half a file"));
        Assert.Equal($"[{string.Join(',', plain)}]", await SinceAsync(first));
        await house.InAsync(house.Acme, s => s.GetRequiredService<AddAttributes>().RunAsync([new() { Field = "later", Name = "Later", Type = AttributeType.Boolean }]));
        house.Clock.Ahead += TimeSpan.FromDays(1);
        Assert.Equal(ImportState.Done, (await house.ImportAsync(house.Acme, [After[0] + ",later", "N-1,gold,1,true", .. After[2..].Select(l => l + ",")])).State);
        Assert.Equal($"[{Row("N-1", "null", "\"true\"")}]", await SinceAsync(first, "later"));
        Assert.Equal("[]", await SinceAsync(second));
    }

    [Fact]
    public async Task Groups_are_those_of_the_days_customers_purchases_and_preferences()
    {
        await DefineAsync(house.Globex);
        var client = await house.IssueAsync(house.Globex);
        var groups = await GroupsAsync(new AttributeRule("tier", Operator.Is, ["gold"]), new TransactionRule(Measure.Count, new Ever(), Operator.AtLeast, [1]), new PreferenceRule("sms", Preference.OptedIn));
        async Task PrefersAsync(string customer, int mode) => (await house.PostAsync("/integrations/SetCustomerChannelPreference", $$"""{"ChannelID":505,"CommunicationMode":{{mode}},"CustomerIDs":["{{customer}}"]}""", client)).IsDone();
        async Task BuysAsync(string customer) => await house.App.Database.RunAsync($"insert into {house.Globex.Schema}.transactions values ('{customer}', '{house.Clock.GetUtcNow():O}', 10, 'EUR', null)");
        var first = house.Day(house.Globex);
        await house.ImportAsync(house.Globex, Before);
        foreach (var customer in new[] { "N-4", "N-5" }) await PrefersAsync(customer, 2);
        await BuysAsync("N-7");
        house.Clock.Ahead += TimeSpan.FromDays(1);
        await PrefersAsync("N-4", 0);
        await PrefersAsync("N-3", 2);
        await BuysAsync("N-6");
        await house.ImportAsync(house.Globex, After);
        var period = $"?StartDate={first}&EndDate={house.Day(house.Globex)}";
        string Changed(string id, int before, int after, string more = "") => $$"""{"CustomerID":"{{id}}","InitialTargetGroupID":{{before}},"FinalTargetGroupID":{{after}}{{more}}}""";
        string[] all = [Changed("N-2", -1, groups[0]), Changed("N-3", -1, groups[2]), Changed("N-4", groups[2], -1), Changed("N-6", -1, groups[1]), Changed("N-9", -1, groups[0])];
        Assert.Equal($"[{string.Join(',', all)}]", (await house.GetAsync(Groups + period, client)).Body);
        Assert.Equal($"[{Changed("N-4", groups[2], -1, ",\"CustomerAttributes\":[\"plain\"]")},{Changed("N-6", -1, groups[1], ",\"CustomerAttributes\":[\"plain\"]")}]", (await house.GetAsync($"{Groups}{period}&CustomerAttributes=tier&$skip=2&$top=2", client)).Body);
        Assert.Equal("[]", (await house.GetAsync($"{Groups}?StartDate={first}&EndDate={first}", client)).Body);
        (await house.GetAsync($"{Groups}?StartDate=2001-01-01&EndDate={first}", client)).IsRefused(400, "outside the days whose customers are kept");
    }

    private async Task<int[]> GroupsAsync(params Rule[] rules)
    {
        var ids = new List<int>();
        await house.InAsync(house.Globex, async s =>
        {
            await using var db = await s.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
            foreach (var rule in rules)
            {
                var group = db.TargetGroups.Add(new() { Name = $"Group {ids.Count}", Rule = RuleJson.Write(new All([rule])), CreatedBy = "x", ChangedBy = "x" }).Entity;
                await db.SaveChangesAsync();
                ids.Add(group.Id);
            }
        });
        return [.. ids];
    }
}
