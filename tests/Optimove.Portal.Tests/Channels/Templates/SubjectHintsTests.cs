using Optimove.Portal.Channels.Templates;

namespace Optimove.Portal.Tests.Channels.Templates;

public sealed class SubjectHintsTests
{
    [Theory]
    [InlineData("Spring is here", null)]
    [InlineData("Hello *|FNAME|*", "*|FNAME|* is filled in by the provider. Who has no value there sees a gap.")]
    [InlineData("Hello *|FNAME", "A personalisation tag begins with *| and ends with |*; one of them is missing, so people would read the tag itself.")]
    [InlineData("Hello {{ first }", "A personalisation tag begins with {{ and ends with }}; one of them is missing, so people would read the tag itself.")]
    public void A_tag_is_explained_and_a_broken_one_is_warned_of(string text, string? hint) => Assert.Equal(hint, SubjectHints.OfTags(text));

    [Theory]
    [InlineData(1, "1 character")]
    [InlineData(40, "40 characters")]
    [InlineData(41, "41 characters; phones show about 40.")]
    [InlineData(61, "61 characters; most inboxes cut after 60.")]
    [InlineData(151, "151 characters; at most 150 fit.")]
    public void The_length_of_a_subject_says_what_will_be_cut(int length, string hint) => Assert.Equal(hint, SubjectHints.OfSubject(new('a', length)));
}
