using System.Reflection;
using Microsoft.AspNetCore.Components;
using Optimove.Portal.Shell;

namespace Optimove.Portal.Tests.Shell;

public sealed class UrlsTests
{
    [Fact]
    public void No_tenant_can_take_an_address_of_the_portal()
    {
        var fixedWords = typeof(Urls).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);
        var pages = typeof(Urls).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template);
        var firsts = fixedWords.Concat(pages).Select(a => a.Trim('/').Split('/')[0]).Where(w => w.Length > 0 && !w.StartsWith('{')).Distinct();
        Assert.All(firsts, word => Assert.True(ReservedSlugs.Contains(word), word));
    }

    [Theory]
    [InlineData("General")]
    [InlineData("integrations")]
    [InlineData("CUSTOMERS")]
    [InlineData("_blazor")]
    [InlineData("health")]
    public void The_words_of_the_API_and_the_framework_are_reserved_in_any_case(string word) => Assert.True(ReservedSlugs.Contains(word));

    [Fact]
    public void What_a_person_typed_cannot_change_an_address()
    {
        Assert.Equal("/aurelia/customers/a%2Fb%3Fc", Urls.Customer("aurelia", "a/b?c"));
        Assert.Equal("/sign-in?returnUrl=%2Faurelia%3Fa%3D1%26b%3D2", Urls.SignIn("/aurelia?a=1&b=2"));
    }

    [Theory]
    [InlineData("Ines Rahm", "IR")]
    [InlineData("Anna van der Berg", "AB")]
    [InlineData("sofia@example.com", "S")]
    [InlineData("Prince", "P")]
    [InlineData(" ", "?")]
    public void Initials_are_of_the_first_and_the_last_word(string name, string initials) => Assert.Equal(initials, ShellState.InitialsOf(name));
}
