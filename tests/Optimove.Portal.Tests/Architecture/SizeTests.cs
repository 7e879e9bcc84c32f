using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Optimove.Portal.Tests.Architecture;

/// <summary>Limits beyond which a reader loses the thread. Most files and methods should be far below.</summary>
public sealed class SizeTests
{
    [Fact]
    public void A_file_has_at_most_300_lines() =>
        Rule.Holds(SourceTree.CSharp.Where(f => Lines(f.Path) > 300).Select(f => $"{f.Name}: {Lines(f.Path)} lines"));

    [Fact]
    public void A_method_has_at_most_60_lines() =>
        Rule.Holds(from file in SourceTree.CSharp
                     from method in file.All<SyntaxNode>()
                     where method is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
                     let span = method.GetLocation().GetLineSpan()
                     let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
                     where lines > 60
                     select $"{file.Name}:{span.StartLinePosition.Line + 1}: a method of {lines} lines");

    // The parameters of a record are its data, not what it depends on.
    [Fact]
    public void A_constructor_has_at_most_6_parameters() =>
        Rule.Holds(from file in SourceTree.CSharp
                     from node in file.All<SyntaxNode>()
                     let parameters = node switch
                     {
                         ConstructorDeclarationSyntax constructor => constructor.ParameterList,
                         ClassDeclarationSyntax type => type.ParameterList,
                         StructDeclarationSyntax type => type.ParameterList,
                         _ => null,
                     }
                     where parameters?.Parameters.Count > 6
                     select $"{file.Name}: a constructor of {parameters.Parameters.Count} parameters");

    [Fact]
    public void A_component_has_at_most_250_lines() =>
        Rule.Holds(SourceTree.Razor.Where(f => Lines(f) > 250).Select(f => $"{SourceTree.NameOf(f)}: {Lines(f)} lines"));

    [Fact]
    public void The_code_inside_a_component_has_at_most_40_lines() =>
        Rule.Holds(SourceTree.Razor.Where(f => CodeLines(File.ReadAllLines(f)) > 40).Select(f => $"{SourceTree.NameOf(f)}: {CodeLines(File.ReadAllLines(f))} lines of code"));

    [Theory]
    [InlineData(0, "<p>", "</p>")]
    [InlineData(3, "<p />", "@code {", "    int a;", "}")]
    [InlineData(4, "@code", "{", "    int a;", "}", "<p />")]
    [InlineData(6, "@code {", "    void A()", "    {", "    }", "}", "@code { int b; }", "<p />")]
    public void Lines_of_code_are_counted_from_the_word_to_the_closing_brace(int lines, params string[] file) =>
        Assert.Equal(lines, CodeLines(file));

    // A component and what stands beside it for the same component count as one.
    [Fact]
    public void A_folder_has_about_15_files_at_most() =>
        Rule.Holds(from folder in SourceTree.Folders
                     let count = Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f).Split('.')[0]).Distinct().Count()
                     where count > 18
                     select $"{SourceTree.NameOf(folder)}: {count} files");

    private static int Lines(string path) => File.ReadLines(path).Count();

    private static int CodeLines(IEnumerable<string> lines)
    {
        var (count, inside) = (0, false);
        foreach (var line in lines)
        {
            inside |= line.StartsWith("@code", StringComparison.Ordinal);
            if (!inside) continue;
            count++;
            inside = !(line == "}" || line.StartsWith("@code", StringComparison.Ordinal) && line.EndsWith('}'));
        }
        return count;
    }
}
