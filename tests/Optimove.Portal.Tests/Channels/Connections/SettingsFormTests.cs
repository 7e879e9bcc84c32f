using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Optimove.Portal.Channels.Connections;
using Optimove.Portal.Providers;
using Optimove.Portal.Tests.Ui;

namespace Optimove.Portal.Tests.Channels.Connections;

public sealed class SettingsFormTests : UiContext
{
    private static readonly ProviderInfo Provider = new()
    {
        Key = "post", Name = "Post", Channel = Channel.Email, Identity = RecipientIdentity.EmailAddress, SettingsType = typeof(PostSettings), ChunkSize = 10,
        Metrics = new HashSet<MetricKind>(), Checklist = [],
    };

    private ConnectionDraft? _saved;

    [Fact]
    public void The_form_is_the_record_with_its_labels_hints_and_dots()
    {
        var form = Form(saved: true);
        Assert.Equal(["Name", "Token", "Branch", "Greeting (optional)", "Offices (optional)", "Office keys (optional)"], form.FindAll("label").Select(l => l.TextContent));
        Assert.Equal("••••••••••••", form.Find("#setting-Token").GetAttribute("value"));
        Assert.Equal("main", form.Find("#setting-Branch").GetAttribute("value"));
        Assert.Contains("Saved 9 June; works.", form.Markup);
        Assert.Contains("Any word.", form.Markup);
    }

    [Fact]
    public void Dots_are_saved_as_nothing_and_a_replaced_secret_as_what_was_typed()
    {
        var form = Form(saved: true);
        form.Find("form").Submit();
        Assert.False(_saved!.Values.ContainsKey("Token"));
        form.FindAll("button").First(b => b.TextContent.StartsWith("Replace", StringComparison.Ordinal)).Click();
        Assert.Equal("password", form.Find("#setting-Token").GetAttribute("type"));
        form.Find("#setting-Token").Change("t-2");
        form.Find("form").Submit();
        Assert.Equal("t-2", _saved!.Values["Token"]);
        Assert.DoesNotContain("t-2", form.Instance.Objection ?? "");
    }

    [Fact]
    public void What_is_wrong_stands_at_its_field_and_in_a_linked_summary_and_nothing_is_saved()
    {
        var form = Form(saved: false);
        form.Find("#setting-Branch").Change("9");
        form.Find("form").Submit();
        Assert.Null(_saved);
        Assert.Equal(["Token is missing.", "A branch has letters only."], form.FindAll(".err").Select(e => e.TextContent));
        Assert.Equal(["#setting-Token", "#setting-Branch"], form.FindAll(".alert a").Select(a => "#" + a.GetAttribute("href")!.Split('#')[1]));
        Assert.Equal("true", form.Find("#setting-Branch").GetAttribute("aria-invalid"));
    }

    [Fact]
    public void An_objection_can_be_insisted_on()
    {
        var form = Form(saved: true, objection: "\"The token works\" would not work.");
        form.FindAll("button").Single(b => b.TextContent == "Save all the same").Click();
        Assert.True(_saved!.Insists);
    }

    [Fact]
    public void A_page_that_reads_again_does_not_take_away_what_is_being_typed()
    {
        var form = Form(saved: true);
        form.Find("#setting-Branch").Change("typed");
        form.Render(p => p.Add(f => f.SecretsHint, "Saved 10 June."));
        Assert.Equal("typed", form.Find("#setting-Branch").GetAttribute("value"));
    }

    [Fact]
    public void A_list_is_typed_one_entry_a_line_and_each_wrong_line_is_named()
    {
        var form = Form(saved: true);
        Assert.Equal("TEXTAREA", form.Find("#setting-Offices").TagName);
        Assert.Contains("Its id and name.", form.Markup);
        form.Find("#setting-Offices").Change("1;North\r\n\r\nSouth\n 3;East \nx");
        form.Find("form").Submit();
        Assert.Null(_saved);
        Assert.Equal("Line 3 of Offices: An office is a number, a semicolon and a name. Line 5 of Offices: An office is a number, a semicolon and a name.", form.Find(".err").TextContent);
        form.Find("#setting-Offices").Change("1;North\r\n\r\n 3;East \n");
        form.Find("form").Submit();
        Assert.Equal("1;North\n3;East", _saved![SettingField.Of(Provider).Single(f => f.Name == "Offices")]);
    }

    [Fact]
    public void A_secret_list_is_dots_once_saved_and_its_problems_do_not_repeat_it()
    {
        var form = Form(saved: true, secrets: ["Token", "OfficeKeys"]);
        Assert.Equal("••••••••••••", form.Find("#setting-OfficeKeys").GetAttribute("value"));
        form.FindAll("button").Single(b => b.TextContent.EndsWith("Office keys", StringComparison.Ordinal)).Click();
        Assert.Equal("TEXTAREA", form.Find("#setting-OfficeKeys").TagName);
        Assert.Contains("One entry a line.", form.Markup);
        form.Find("#setting-OfficeKeys").Change("1;k-1\nsecret-without-id");
        form.Find("form").Submit();
        Assert.Equal("Line 2 of Office keys does not look like 1;key.", form.Find(".err").TextContent);
    }

    [Fact]
    public void A_list_may_be_longer_than_a_value_and_a_line_may_not()
    {
        var offices = SettingField.Of(Provider).Single(f => f.Name == "Offices");
        Assert.Null(offices.ProblemOf(string.Join('\n', Enumerable.Range(1, 400).Select(n => $"{n};Office"))));
        Assert.Equal("Offices has 501 lines; at most 500 fit.", offices.ProblemOf(string.Join('\n', Enumerable.Repeat("1;Office", 501))));
        Assert.Equal("Line 2 of Offices has 502 characters; at most 500 fit.", offices.ProblemOf($"1;North\n2;{new string('x', 500)}"));
    }

    [Fact]
    public void What_rests_on_an_assumption_says_so_beside_its_field()
    {
        var fields = Form(saved: true).FindAll(".field");
        Assert.Equal(["Offices (optional)"], fields.Where(f => f.TextContent.Contains(SettingField.AssumedNote, StringComparison.Ordinal)).Select(f => f.QuerySelector("label")!.TextContent));
    }

    private IRenderedComponent<SettingsForm> Form(bool saved, string? objection = null, string[]? secrets = null) => Render<SettingsForm>(p => p
        .Add(f => f.Provider, Provider).Add(f => f.ConnectionId, saved ? 4 : null).Add(f => f.Name, "Post office").Add(f => f.Objection, objection)
        .Add(f => f.Settings, saved ? new Dictionary<string, string?> { ["Branch"] = "main" } : []).Add(f => f.Saved, secrets ?? (saved ? ["Token"] : []))
        .Add(f => f.SecretsHint, saved ? "Saved 9 June; works." : null).Add(f => f.OnSave, d => _saved = d));

    private sealed record PostSettings
    {
        [Setting("Token", Secret = true)]
        public required string Token { get; init; }

        [Setting("Branch", Hint = "Any word.", Pattern = "[a-z]+", PatternSentence = "A branch has letters only.")]
        public required string Branch { get; init; }

        [Setting("Greeting", Optional = true)]
        public string? Greeting { get; init; }

        [Setting("Offices", Optional = true, Lines = true, Assumed = true, Hint = "Its id and name.", Example = "1;North", Pattern = "[0-9]+;.+", PatternSentence = "An office is a number, a semicolon and a name.")]
        public string? Offices { get; init; }

        [Setting("Office keys", Optional = true, Lines = true, Secret = true, Example = "1;key", Pattern = "[0-9]+;.+")]
        public string? OfficeKeys { get; init; }
    }
}
