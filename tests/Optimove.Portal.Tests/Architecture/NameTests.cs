using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Optimove.Portal.Tests.Architecture;

/// <summary>A name says what a thing is for; these words say nothing.</summary>
public sealed partial class NameTests
{
    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Rule.Holds(from file in SourceTree.CSharp
                     from type in file.All<BaseTypeDeclarationSyntax>()
                     where SaysNothing().IsMatch(type.Identifier.Text)
                     select $"{file.Name}: {type.Identifier.Text}");

    [Fact]
    public void No_folder_or_component_has_a_name_that_says_nothing() =>
        Rule.Holds(SourceTree.Folders.Concat(SourceTree.Razor)
            .Where(f => SaysNothing().IsMatch(Path.GetFileNameWithoutExtension(f))).Select(SourceTree.NameOf));

    [Fact]
    public void No_folder_collects_files_by_their_kind() =>
        Rule.Holds(SourceTree.Folders.Where(f => OfOneKind().IsMatch(Path.GetFileName(f))).Select(SourceTree.NameOf));

    [Theory]
    [InlineData("TenantManager", true)]
    [InlineData("DateHelpers", true)]
    [InlineData("StringUtilities", true)]
    [InlineData("CommonRules", true)]
    [InlineData("LedgerImpl", true)]
    [InlineData("SimpleRule", false)]
    [InlineData("ManagerialView", false)]
    public void Empty_names_are_recognised(string name, bool empty) => Assert.Equal(empty, SaysNothing().IsMatch(name));

    [Fact]
    public void What_has_an_address_is_called_a_page() =>
        Rule.Holds(SourceTree.Razor.Where(f => File.ReadLines(f).Any(l => l.StartsWith("@page ", StringComparison.Ordinal)))
            .Where(f => !f.EndsWith("Page.razor", StringComparison.Ordinal)).Select(SourceTree.NameOf));

    [Fact]
    public void A_test_is_a_sentence() =>
        Rule.Holds(from file in SourceTree.CSharp
                     from method in file.All<MethodDeclarationSyntax>()
                     where method.AttributeLists.SelectMany(a => a.Attributes).Any(a => a.Name.ToString() is "Fact" or "Theory")
                     where !Sentence().IsMatch(method.Identifier.Text)
                     select $"{file.Name}: {method.Identifier.Text}");

    [Fact]
    public void A_namespace_is_the_path_of_its_folder() =>
        Rule.Holds(from file in SourceTree.CSharp
                     from space in file.All<BaseNamespaceDeclarationSyntax>()
                     let folder = Path.GetDirectoryName(file.Name)!
                     let expected = folder[(folder.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '.')
                     where space.Name.ToString() != expected
                     select $"{file.Name}: {space.Name}, not {expected}");

    [GeneratedRegex("(Managers?|Helpers?|Impl)$|Util|Common")]
    private static partial Regex SaysNothing();

    [GeneratedRegex("^(Models?|Services?|Interfaces?|Dtos?|Entities|Extensions|Repositories|Handlers|ViewModels?|Misc)$")]
    private static partial Regex OfOneKind();

    [GeneratedRegex("^[A-Z0-9][A-Za-z0-9]*(_[A-Za-z0-9]+)+$")]
    private static partial Regex Sentence();
}
