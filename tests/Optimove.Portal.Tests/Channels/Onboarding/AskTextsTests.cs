using Microsoft.Extensions.Configuration;
using Optimove.Portal.Channels.Checks;
using Optimove.Portal.Channels.Onboarding;
using Optimove.Portal.Providers;
using Optimove.Portal.Tenancy;

namespace Optimove.Portal.Tests.Channels.Onboarding;

public sealed class AskTextsTests
{
    private const string Text = "Please let {addresses} in for {client}, folder {Folder}, apps {Apps}, key {Key}, id {Id}. Leave {{ name }} and {unknown} alone.";

    private static readonly Dictionary<string, string?> Settings = new() { ["Folder"] = "37001", ["Apps"] = "1;North\n2;South" };

    private static readonly ProviderInfo Provider = new()
    {
        Key = "post", Name = "Post", Channel = Channel.Email, Identity = RecipientIdentity.EmailAddress, SettingsType = typeof(PostSettings), ChunkSize = 10,
        Metrics = new HashSet<MetricKind>(), Checklist = [new("ip", "Our addresses are allowed", CheckOwner.ProviderSupport, Text), new("key", "The key works", CheckOwner.Marketer, "Make a key.")],
    };

    [Fact]
    public void Addresses_client_and_settings_are_filled_in_and_a_secret_is_only_named()
    {
        var line = Fill(new() { ["Portal:OutgoingAddresses:0"] = "198.51.100.14", ["Portal:OutgoingAddresses:1"] = "203.0.113.0/28" }).Lines[0];
        Assert.Equal("Please let 198.51.100.14, 203.0.113.0/28 in for Bean & Co, folder 37001, apps 1;North, 2;South, key (API key, kept secret), id (Id, not entered yet). Leave {{ name }} and {unknown} alone.", line.Item.Ask);
        Assert.False(line.LacksAddresses);
    }

    [Fact]
    public void Without_configured_addresses_the_text_that_needs_them_is_marked_and_no_other()
    {
        var checklist = Fill([]);
        Assert.StartsWith("Please let (our IP addresses, not configured yet) in", checklist.Lines[0].Item.Ask);
        Assert.Equal([true, false], checklist.Lines.Select(l => l.LacksAddresses));
    }

    [Fact]
    public void Addresses_may_be_one_text_and_what_is_none_is_refused()
    {
        Assert.Equal(["198.51.100.14", "2001:db8::1"], new OutgoingAddresses(Configured(new() { ["Portal:OutgoingAddresses"] = "198.51.100.14, 2001:db8::1" })).All);
        Assert.Contains("\"our-server\"", Assert.Throws<RefusedException>(() => new OutgoingAddresses(Configured(new() { ["Portal:OutgoingAddresses"] = "our-server" }))).Message);
    }

    private static ChecklistState Fill(Dictionary<string, string?> configuration)
    {
        var tenant = new TenantContext();
        tenant.Enter(new(1, "bean", "Bean & Co", "Europe/Paris", "EUR"));
        return new AskTexts(new(Configured(configuration)), tenant).Fill(ChecklistState.Of(Provider, []), Provider, Settings);
    }

    private static IConfiguration Configured(Dictionary<string, string?> values) => new ConfigurationBuilder().AddInMemoryCollection(values).Build();

    private sealed record PostSettings
    {
        [Setting("API key", Secret = true)]
        public required string Key { get; init; }

        [Setting("Folder")]
        public required string Folder { get; init; }

        [Setting("Apps", Lines = true)]
        public required string Apps { get; init; }

        [Setting("Id")]
        public required string Id { get; init; }
    }
}
