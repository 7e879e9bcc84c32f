using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using Optimove.Portal.Targeting.Tests.Testing;

namespace Optimove.Portal.Targeting.Tests;

public class RuleJsonTests(Postgres postgres)
{
    [Fact]
    public void A_rule_comes_back_from_json_as_it_went() =>
        Prop.ForAll(RandomRules.All.ToArbitrary(), rule =>
        {
            var json = RuleJson.Write(rule);
            return RuleJson.Read(json).Equals(rule) && RuleJson.Write(RuleJson.Read(json)) == json;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_rule_comes_back_from_jsonb_which_sorts_the_keys() =>
        Prop.ForAll(RandomRules.All.ToArbitrary(), rule =>
        {
            using var command = postgres.Source.CreateCommand("SELECT $1::jsonb::text");
            command.Parameters.Add(new NpgsqlParameter { Value = RuleJson.Write(rule) });
            return RuleJson.Read((string)command.ExecuteScalar()!).Equals(rule);
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void The_form_on_disk_stays_what_it_is()
    {
        var rule = new All(
        [
            new AttributeRule("tier", Operator.IsAnyOf, ["VIP", "Rising"]),
            new AttributeRule("joined", Operator.Between, [new DateOnly(2026, 2, 3), new RelativeDay(-30)]),
            new TransactionRule(Measure.Count, new LastDays(365), Operator.AtLeast, [3]),
            new Not(new Any([new PreferenceRule("email", Preference.OptedOut), new GroupRule(7, In: true)])),
        ]);
        const string json = """
            {"version":1,"rule":{"kind":"all","rules":[
            {"kind":"attribute","field":"tier","operator":"isAnyOf","values":["VIP","Rising"]},
            {"kind":"attribute","field":"joined","operator":"between","values":[{"date":"2026-02-03"},{"daysFromDataDate":-30}]},
            {"kind":"transactions","measure":"count","period":{"kind":"lastDays","days":365},"operator":"atLeast","values":[3]},
            {"kind":"not","rule":{"kind":"any","rules":[{"kind":"preference","channel":"email","preference":"optedOut"},
            {"kind":"group","groupId":7,"in":true}]}}]}}
            """;
        Assert.Equal(json.Replace("\n", "", StringComparison.Ordinal), RuleJson.Write(rule));
        Assert.Equal(rule, RuleJson.Read(json));
    }

    [Fact]
    public void Keys_that_a_later_version_adds_are_ignored() => Assert.Equal(
        new GroupRule(7, In: true),
        RuleJson.Read("""{"author":"x","rule":{"note":{"a":1},"in":true,"groupId":7,"kind":"group"},"version":1}"""));

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":2,"rule":{"kind":"group","groupId":7,"in":true}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"sql","text":"1=1"}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"all"}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"all","rules":[null]}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"attribute","field":null,"operator":"is","values":["x"]}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"attribute","field":"tier","operator":0,"values":["x"]}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"attribute","field":"tier","operator":"is","values":[true]}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"attribute","field":"age","operator":"is","values":[1e400]}}""")]
    [InlineData("""{"version":1,"rule":{"kind":"attribute","field":"joined","operator":"is","values":[{"date":"2026-02-30"}]}}""")]
    public void What_is_no_rule_is_refused(string json) => Assert.Throws<JsonException>(() => RuleJson.Read(json));
}
