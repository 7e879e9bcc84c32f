using Optimove.Portal.Accounts.Settings;

namespace Optimove.Portal.Tests.Accounts.Settings;

public sealed class AuditDiffTests
{
    [Fact]
    public void Only_what_differs_is_shown_nested_fields_by_their_path() =>
        Assert.Equal(
            [new("Time zone", "Europe/Paris", "Europe/London"), new("On", "no", "yes"), new("Settings, list id", null, "abc")],
            AuditDiff.Of("""{"Name":"A","TimeZone":"Europe/Paris","Settings":{},"On":false}""", """{"Name":"A","TimeZone":"Europe/London","Settings":{"ListId":"abc"},"On":true}"""));

    [Fact]
    public void A_moment_is_written_for_people() =>
        Assert.Equal("21 November 2026, 21:47 UTC", Assert.Single(AuditDiff.Of(null, """{"EditUntil":"2026-11-21T22:47:45.166457+01:00"}""")).After);

    [Fact]
    public void Nothing_before_and_after_is_no_difference() => Assert.Empty(AuditDiff.Of(null, null));

    [Theory]
    [InlineData("campaign.scheduled", "Campaign scheduled")]
    [InlineData("target-group.changed", "Target group changed")]
    public void An_action_is_read_as_words(string action, string words) => Assert.Equal(words, AuditWords.Sentence(action));
}
