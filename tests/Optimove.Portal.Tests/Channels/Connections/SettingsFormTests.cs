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
        Assert.Equal(["Name", "Token", "Branch", "Greeting (optional)"], form.FindAll("label").Select(l => l.TextContent));
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

    private IRenderedComponent<SettingsForm> Form(bool saved, string? objection = null) => Render<SettingsForm>(p => p
        .Add(f => f.Provider, Provider).Add(f => f.ConnectionId, saved ? 4 : null).Add(f => f.Name, "Post office").Add(f => f.Objection, objection)
        .Add(f => f.Settings, saved ? new Dictionary<string, string?> { ["Branch"] = "main" } : []).Add(f => f.Saved, saved ? ["Token"] : [])
        .Add(f => f.SecretsHint, saved ? "Saved 9 June; works." : null).Add(f => f.OnSave, d => _saved = d));

    private sealed record PostSettings
    {
        [Setting("Token", Secret = true)]
        public required string Token { get; init; }

        [Setting("Branch", Hint = "Any word.", Pattern = "[a-z]+", PatternSentence = "A branch has letters only.")]
        public required string Branch { get; init; }

        [Setting("Greeting", Optional = true)]
        public string? Greeting { get; init; }
    }
}
